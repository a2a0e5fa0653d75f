/* Read a calendar from stdin as Thunderbird does (ical.js) and as servers do (node-ical): node read_calendar.mjs */
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(0, "utf8");
const book = new ICAL.Component(ICAL.parse(text));
// As Thunderbird does: the zone of the file, no other.
ICAL.TimezoneService.reset();
const zone = new ICAL.Timezone(book.getFirstSubcomponent("vtimezone"));
ICAL.TimezoneService.register(zone.tzid, zone);

const thunderbird = book.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    local: event.startDate.toString(),
    utc: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
  };
});
const node = Object.values(nodeIcal.sync.parseICS(text))
  .filter((entry) => entry.type === "VEVENT")
  .map((entry) => ({
    uid: entry.uid,
    summary: entry.summary,
    utc: entry.start.toISOString(),
    ends: entry.end.toISOString(),
    zone: entry.start.tz,
    sequence: Number(entry.sequence),
    status: entry.status,
  }));
console.log(JSON.stringify({ thunderbird, node }));
