#!/usr/bin/env bash
# A year of expert consultation, as an exercise: the consultation of 2006 from the invitation to the
# opening of the next one, on top of the history that programme-regional-lac.sh enters.
#
# It is not part of that history. The report says that a mechanism of periodic consultation is being
# elaborated and that experts are to meet for the first time in June-July 2006; it does not say how
# that went. All that is entered here is invented, which every entry but the procedure's says: positions of States, dates,
# texts and letters among it. No State took such a position.
#
# Each line is what a clerk would have typed on its day. Where nobody did, an administrator lets the days
# that came meanwhile take effect ("come" below); a register that was kept in 2006 has that done by
# the clock.
#
# Usage: CONSULTA_DATA=DIR consultation-2006.sh     (after programme-regional-lac.sh)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

day=unknown
on() { day=$1; }
c() { consulta --quiet --yes "$@" --on "$day" --source "Exercise, not in DG-REPORT-LAC"; }
# What fell due with somebody up to this day, and to what it led.
come() { for id in "$@"; do c "${id%%:*}" release-deadlines "${id#*:}"; done; }
consultation=consultation:CON-EXPERT-2006

# --- April: the procedure, the roll, the letter that invites --------------------------------------
on 2006-04-10
consulta --quiet procedure add "$here/expert-silence.toml" --on "$day"
c office establish FO-LAC --kind field-office --name "en:Field office (exercise)"
c consultation plan CON-EXPERT-2006 --procedure EXPERT-SILENCE --cycle 2006 \
  --subjects PROG-LAC --mechanism MECH-LAC --office SECRETARIAT --dates 2006-04/2006-12 \
  --title "en:Expert consultation 2006 (exercise)" --title "fr:Consultation d’experts 2006 (exercice)" \
  --title "es:Consulta de expertos 2006 (ejercicio)" \
  --question "en:Which recommendations should guide the regional programme?"
c correspondence register COR-INVITATION-2006 --kind note-verbale --direction outgoing \
  --sender SECRETARIAT --our-reference "EXERCISE/2006/1" --written 2006-04-10 --sent 2006-04-11 \
  --subject "Invitation to the expert consultation" --about CON-EXPERT-2006
on 2006-04-11
c consultation invite CON-EXPERT-2006 --each GRULAC --standing eligible --reply-by 2006-05-18 \
  --invitation COR-INVITATION-2006
c consultation invite CON-EXPERT-2006 --party SEGIB --standing observer --reply-by 2006-05-18 \
  --invitation COR-INVITATION-2006
on 2006-04-18
c consultation open CON-EXPERT-2006

# --- until 18 May: what the parties submit; the time limit of 30 days closes it --------------------
on 2006-04-28
c consultation contribute CON-EXPERT-2006 --party UY --part "Environment and energy" \
  --contribution "Exercise: renewable energies should come first."
on 2006-05-10
come $consultation
c consultation contribute CON-EXPERT-2006 --party BB --part "Trade capacity-building" \
  --contribution "Exercise: small islands need laboratories in common."
c consultation contribute CON-EXPERT-2006 --party SEGIB \
  --contribution "Exercise: offers its network for the follow-up."

# --- June: the experts meet -----------------------------------------------------------------------
on 2006-05-22
come $consultation
c meeting confirm MTG-EXPERT-2006 --dates 2006-06-26/2006-06-28 --place Vienna --country AT
on 2006-06-26
c meeting convene MTG-EXPERT-2006
c meeting record-quorum MTG-EXPERT-2006 --present 24 --needed 17
on 2006-06-28
c meeting record-outcome MTG-EXPERT-2006 --kind conclusion --number 1 \
  --text "en:Exercise: the experts agree on ten draft recommendations"
c meeting close MTG-EXPERT-2006
c consultation report-step CON-EXPERT-2006 --step meeting --outcome held

# --- July: the text under silence, an objection, the revision, silence once more --------------------
on 2006-07-05
c consultation table CON-EXPERT-2006 --revision 1 --by SECRETARIAT \
  --text "en:Exercise: ten recommendations, the third on laboratories" \
  --text "fr:Exercice : dix recommandations, la troisième sur les laboratoires" \
  --text "es:Ejercicio: diez recomendaciones, la tercera sobre los laboratorios"
c correspondence register COR-SILENCE-1-2006 --kind note-verbale --direction outgoing \
  --sender SECRETARIAT --our-reference "EXERCISE/2006/2" --written 2006-07-05 --sent 2006-07-05 \
  --subject "The text is under silence" --about CON-EXPERT-2006
c consultation put-under-silence CON-EXPERT-2006 --revision 1 --circulation COR-SILENCE-1-2006 \
  --deadline "2006-07-14T18:00 Europe/Vienna" --languages en --languages fr --languages es
on 2006-07-12
c correspondence register COR-AR-2006 --kind note-verbale --direction incoming --sender AR \
  --their-reference "EXERCISE 7/2006" --written 2006-07-11 --received 2006-07-12 \
  --subject "Objection" --about CON-EXPERT-2006
c consultation object CON-EXPERT-2006 --party AR --letter COR-AR-2006 \
  --received-at "2006-07-12T10:30 Europe/Vienna" \
  --reason "Exercise: the third recommendation should name who pays for the laboratories."
on 2006-07-19
c consultation table CON-EXPERT-2006 --revision 2 --by SECRETARIAT \
  --text "en:Exercise: ten recommendations, the third on laboratories paid for in common" \
  --text "fr:Exercice : dix recommandations, la troisième sur des laboratoires financés en commun" \
  --text "es:Ejercicio: diez recomendaciones, la tercera sobre laboratorios de financiación común"
on 2006-07-20
c correspondence register COR-SILENCE-2-2006 --kind note-verbale --direction outgoing \
  --sender SECRETARIAT --our-reference "EXERCISE/2006/3" --written 2006-07-20 --sent 2006-07-20 \
  --subject "The revised text is under silence" --about CON-EXPERT-2006
c consultation put-under-silence CON-EXPERT-2006 --revision 2 --circulation COR-SILENCE-2-2006 \
  --deadline "2006-07-28T18:00 Europe/Vienna" --languages en --languages fr --languages es
on 2006-07-27
c consultation explain CON-EXPERT-2006 --party MX \
  --explanation "Exercise: joins, and understands the third recommendation as voluntary."

# --- August: adopted by silence, which a letter confirms; ten recommendations -----------------------
on 2006-08-01
come $consultation
c correspondence register COR-ADOPTION-2006 --kind note-verbale --direction outgoing \
  --sender SECRETARIAT --our-reference "EXERCISE/2006/4" --written 2006-08-01 --sent 2006-08-01 \
  --subject "The text stands adopted" --about CON-EXPERT-2006
c consultation confirm-adoption CON-EXPERT-2006 --letter COR-ADOPTION-2006 --revision 2
recommend() {
  c recommendation record "REC-2006-$1" --number "$1" --origin CON-EXPERT-2006 \
    --programme PROG-LAC --addressees SECRETARIAT --areas "$2" --text "en:Exercise: $3" "${@:4}"
}
recommend 01 environment-energy "make a list of renewable energy projects"
recommend 02 environment-energy "train energy auditors" --due 2007-06-30
recommend 03 trade-capacity "set up laboratories paid for in common" --due 2007-12-31
recommend 04 trade-capacity "one customs form for the region"
recommend 05 poverty-reduction "report on rural workshops" --due 2006-12-15
recommend 06 poverty-reduction "a fund for small producers"
recommend 07 poverty-reduction "a prize for young artisans"
recommend 08 environment-energy "study the drying of fruit"
recommend 09 environment-energy "dry fruit by the sun"
recommend 10 trade-capacity "publish the standards in three languages"

# --- September to December: what becomes of each ----------------------------------------------------
on 2006-09-04
c recommendation supersede REC-2006-08 --by REC-2006-09
for number in 01 02 03 04 05 06 09 10; do
  c recommendation consider "REC-2006-$number" --by SECRETARIAT
done
on 2006-09-18
for number in 01 02 05 09 10; do c recommendation accept "REC-2006-$number" --by SECRETARIAT; done
c recommendation accept-in-part REC-2006-03 --by SECRETARIAT --part "en:One laboratory" \
  --reason "Exercise: no funds for more than one."
c recommendation reject REC-2006-04 --by SECRETARIAT --reason "Exercise: outside the mandate."
for number in 01 02 03 09 10; do
  c recommendation assign "REC-2006-$number" --office FO-LAC
  c recommendation start "REC-2006-$number" --office FO-LAC
done
c liaison log LIA-UY-2006 --office FO-LAC --party UY --channel permanent-mission \
  --programme PROG-LAC --subject "Exercise: energy auditors"
c liaison ask-follow-up LIA-UY-2006 --office FO-LAC --due 2006-10-31 \
  --what "Exercise: send the plan of the courses."
c liaison log LIA-BB-2006 --office FO-LAC --party BB --channel call --programme PROG-LAC \
  --subject "Exercise: the laboratory"
c liaison ask-follow-up LIA-BB-2006 --office FO-LAC --due 2007-03-15 \
  --what "Exercise: name a site for the laboratory."
on 2006-10-20
c liaison complete LIA-UY-2006 --result "Exercise: sent."
c recommendation implement REC-2006-01 --office FO-LAC --summary "Exercise: the list is there."
c recommendation report-progress REC-2006-02 --percent 60 --report "Exercise: six of ten courses."
c project conceive PRJ-EXERCISE-2006 --title "en:Solar drying of fruit (exercise)" --scope national \
  --countries UY --programme PROG-LAC --areas environment-energy --origins REC-2006-09
c recommendation link REC-2006-09 --consequence PRJ-EXERCISE-2006
c recommendation implement REC-2006-10 --office FO-LAC
on 2006-11-13
c recommendation reopen REC-2006-10 --reason "Exercise: the Spanish text is missing." \
  --due 2007-03-31
c meeting schedule MTG-FOLLOW-UP-2006 --kind coordination --dates 2006-11-27 --place Vienna \
  --country AT --consultation CON-EXPERT-2006 --programme PROG-LAC \
  --title "en:Follow-up meeting (exercise)"
c meeting confirm MTG-FOLLOW-UP-2006
on 2006-11-27
c meeting convene MTG-FOLLOW-UP-2006
c meeting close MTG-FOLLOW-UP-2006
c consultation note-adoption CON-EXPERT-2006 --at MTG-FOLLOW-UP-2006 --revision 2

# --- January: what is late, and the next cycle --------------------------------------------------------
# Whoever verifies is not who implemented, so REC-2006-01 waits for somebody else.
on 2007-01-22
come recommendation:REC-2006-05
c consultation open CON-EXPERT-2007 --after CON-EXPERT-2006
