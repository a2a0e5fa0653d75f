"""What is asked about cohorts. So far: the three published Staffeln of the pilot."""
