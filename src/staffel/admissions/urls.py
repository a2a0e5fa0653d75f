from django.urls import path

from staffel.admissions.core.steps import Step
from staffel.admissions.views import apply, board, calls, offers, office_calls, release
from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``

app_name = "admissions"
urlpatterns = [
    # Public side: calls, applications and releases by link.
    path("ausschreibungen/", calls.call_list, name="calls"),
    path("ausschreibungen/kommunen/", calls.places, name="places"),
    path("ausschreibungen/<id:public_id>/", calls.call, name="call"),
    path("ausschreibungen/<id:public_id>/bewerben/", apply.start, name="apply"),
    path("ausschreibungen/<id:public_id>/link/", apply.link_again, name="link_again"),
    path("bewerbung/<str:token>/", apply.application, name="application"),
    *(path(f"bewerbung/<str:token>/{step}/", apply.step, {"step": step}, name=f"step_{step.name.lower()}") for step in Step),
    path("bewerbung/<str:token>/absenden/", apply.submit, name="submit"),
    path("bewerbung/<str:token>/zurueckziehen/", apply.withdraw, name="withdraw"),
    path("bewerbung/<str:token>/freigabe/", apply.ask_again, name="ask_again"),
    path("bewerbung/<str:token>/zusage/", apply.offer, name="offer_of_application"),
    path("freigabe/<str:token>/", release.release, name="release"),
    # Offers by link.
    path("zusage/<str:token>/", offers.offer_page, name="offer"),
    path("zusage/<str:token>/annehmen/", offers.offer_accept, name="offer_accept"),
    path("zusage/<str:token>/ablehnen/", offers.offer_decline, name="offer_decline"),
    # Office: calls.
    path("buero/ausschreibungen/", office_calls.call_list, name="office_calls"),
    path("buero/ausschreibungen/neu/", office_calls.call_new, name="office_call_new"),
    path("buero/ausschreibungen/vorschau/", office_calls.text_preview, name="office_call_preview"),
    path("buero/ausschreibungen/<id:public_id>/", office_calls.call_page, name="office_call"),
    path("buero/ausschreibungen/<id:public_id>/aendern/", office_calls.call_edit, name="office_call_edit"),
    path("buero/ausschreibungen/<id:public_id>/bekannt-machen/", office_calls.call_publish, name="office_call_publish"),
    path("buero/ausschreibungen/<id:public_id>/schliessen/", office_calls.call_close, name="office_call_close"),
    path("buero/ausschreibungen/<id:public_id>/frist/", office_calls.call_deadline, name="office_call_deadline"),
    path("buero/ausschreibungen/<id:public_id>/absagen/", office_calls.call_cancel, name="office_call_cancel"),
    path("buero/ausschreibungen/<id:public_id>/beenden/", office_calls.call_end, name="office_call_end"),
    # Office: applications and places.
    path("buero/ausschreibungen/<id:public_id>/bewerbungen/", board.board_page, name="office_board"),
    *(
        path(f"buero/ausschreibungen/<id:public_id>/bewerbungen/export.{kind}", board.board_export, {"ending": kind}, name=kind)
        for kind in ("csv", "xlsx")
    ),
    path("buero/ausschreibungen/<id:public_id>/bewerbungen/entscheiden/", board.decide_many, name="office_decide_many"),
    path("buero/ausschreibungen/<id:public_id>/warteliste/", board.waiting_page, name="office_waiting"),
    path("buero/ausschreibungen/<id:public_id>/veroeffentlichen/", board.publication_page, name="office_publication"),
    path("buero/bewerbungen/<id:public_id>/", board.application_page, name="office_application"),
    path("buero/bewerbungen/<id:public_id>/entscheiden/", board.application_decide, name="office_decide"),
    path("buero/bewerbungen/<id:public_id>/zuruecknehmen/", board.application_undecide, name="office_undecide"),
    path("buero/bewerbungen/<id:public_id>/warteliste/<str:direction>/", board.waiting_move, name="office_waiting_move"),
]
