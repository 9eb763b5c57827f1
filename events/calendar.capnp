@0xc3a5e81f7b2d4906;
# Working-day calendars: which days an office works, in which time zone. Time limits go by them.
# in force > retired.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum CalendarState {
  inForce @0;
  retired @1;
}

enum Weekday {
  monday @0;
  tuesday @1;
  wednesday @2;
  thursday @3;
  friday @4;
  saturday @5;
  sunday @6;
}

struct CalendarEvent $A.aggregate(name = "calendar", plural = "calendars", prefix = "CAL",
    help = "A calendar of working days, by which time limits are counted") {
  union {
    adopted @0 :CalendarAdopted;
    found @1 :CalendarFound;
    holidaysAdded @2 :CalendarHolidaysAdded;
    holidaysRemoved @3 :CalendarHolidaysRemoved;
    retired @4 :CalendarRetired;
  }
}

struct CalendarAdopted $A.act(verb = "adopt", opens = true,
    help = "Enter a calendar: its time zone, the days of the week that are worked, its holidays",
    example = "VIENNA --title \"en:Headquarters, Vienna\" --time-zone Europe/Vienna"
              " --weekdays monday --weekdays tuesday --weekdays wednesday --weekdays thursday"
              " --weekdays friday --holidays 2006-12-25",
    moves = [(to = "inForce")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  timeZone @1 :Text $A.required $A.public $A.help("IANA name: Europe/Vienna");
  weekdays @2 :List(Weekday) $A.help("that are worked; none stated: Monday to Friday");
  holidays @3 :List(Text) $A.public $A.help("days that are not worked: 2006-12-25");
}

struct CalendarFound $A.act(verb = "found", opens = true,
    help = "Enter a calendar as found, for instance one that is retired already",
    example = "VIENNA-OLD --title \"en:Headquarters until 1999\" --time-zone Europe/Vienna"
              " --state retired",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  timeZone @1 :Text $A.required $A.public $A.help("IANA name: Europe/Vienna");
  state @2 :CalendarState $A.required $A.axis("state");
  weekdays @3 :List(Weekday) $A.help("that are worked; none stated: Monday to Friday");
  holidays @4 :List(Text) $A.public $A.help("days that are not worked: 2006-12-25");
}

struct CalendarHolidaysAdded $A.act(verb = "add-holidays",
    help = "Enter further days that are not worked",
    example = "VIENNA --days 2007-01-01 --days 2007-01-06",
    moves = [(from = ["inForce"], stays = void)]) {
  days @0 :List(Text) $A.required $A.public $A.help("2007-01-01");
}

struct CalendarHolidaysRemoved $A.act(verb = "remove-holidays",
    help = "Record that days are worked after all",
    example = "VIENNA --days 2007-01-06",
    moves = [(from = ["inForce"], stays = void)]) {
  days @0 :List(Text) $A.required $A.public $A.help("2007-01-06");
  reason @1 :V.Sealed;
}

struct CalendarRetired $A.act(verb = "retire",
    help = "Record that the calendar is no longer to be used",
    example = "VIENNA",
    moves = [(from = ["inForce"], to = "retired")]) {
  replacement @0 :UInt64 $A.ref(["calendar"]) $A.help("what takes its place");
}
