#!/usr/bin/env bash
# The history of the Regional Programme for Latin America and the Caribbean, entered as a clerk would
# type it, from the Director General's report on it. Every paragraph of the report has its block
# below; every entry cites its paragraph, and what stands in none of them the report as a whole.
#
# What the report does not say is not entered: its own symbol, date and session, the early life of the
# memorandum and its entry into force, every amount, how many round tables there will be.
#
# Usage: CONSULTA_DATA=DIR programme-regional-lac.sh     (a new register, after "consulta init")
set -euo pipefail

# Quietly: dates are all given, so nothing needs to be echoed. Data still goes to standard output.
c() { consulta --quiet "$@"; }

# --- Who and what the report speaks of -----------------------------------------------------------
c party register UNIDO --on unknown --kind international-organization --acronym UNIDO \
  --name "en:United Nations Industrial Development Organization" \
  --name "fr:Organisation des Nations Unies pour le développement industriel" \
  --name "es:Organización de las Naciones Unidas para el Desarrollo Industrial" \
  --source "DG-REPORT-LAC §4"
c office found DG --on unknown --kind headquarters-unit --state open \
  --name "en:Office of the Director General" --name "fr:Bureau du Directeur général" \
  --name "es:Oficina del Director General" --source "DG-REPORT-LAC §1"
c office found SECRETARIAT --on unknown --kind headquarters-unit --state open \
  --name "en:Secretariat" --name "fr:Secrétariat" --name "es:Secretaría" \
  --source "DG-REPORT-LAC §1"
c party register ES --on unknown --kind member-state --country ES \
  --name "en:Spain" --name "fr:Espagne" --name "es:España" \
  --source "DG-REPORT-LAC §4"
c party register PT --on unknown --kind member-state --country PT \
  --name "en:Portugal" --name "fr:Portugal" --name "es:Portugal" \
  --source "DG-REPORT-LAC §4"
c session found GC.11 --on unknown --body GC --number 11 --state closed \
  --title "en:Eleventh session of the General Conference" \
  --title "fr:Onzième session de la Conférence générale" --source "DG-REPORT-LAC §1"
c session add IDB.31 --on unknown --body IDB --number 31 \
  --title "en:Thirty-first session of the Industrial Development Board" \
  --title "fr:Trente et unième session du Conseil du développement industriel" \
  --source "DG-REPORT-LAC §1"

# --- The head: a report that answers GC.11/Res.1; its symbol, date and session are unknown --------
c mandate adopt GC.11/Res.1 --on unknown --body GC --session GC.11 --kind resolution --regions 419 \
  --title "en:Regional programme for Latin America and the Caribbean" \
  --title "fr:Programme régional pour l’Amérique latine et les Caraïbes" \
  --source "DG-REPORT-LAC §1"
c document found DG-REPORT-LAC --on unknown --kind report --state issued --languages fr \
  --author DG --answers GC.11/Res.1 \
  --title "fr:Programme régional pour l’Amérique latine et les Caraïbes : rapport du Directeur général" \
  --title "en:Regional programme for Latin America and the Caribbean: report of the Director General" \
  --source "DG-REPORT-LAC"

# --- § 1: the mandate, the mechanism being elaborated, its circles and purposes --------------------
c programme identify PROG-LAC --on unknown --region 419 --period 2006/2007 --mandate GC.11/Res.1 \
  --title "en:Regional Programme for Latin America and the Caribbean" \
  --title "fr:Programme régional pour l’Amérique latine et les Caraïbes" \
  --title "es:Programa regional para América Latina y el Caribe" \
  --office SECRETARIAT --source "DG-REPORT-LAC §1"
c mandate request GC.11/Res.1 --on unknown --number 1 --addressee "en:Director General" \
  --addressee "fr:Directeur général" --addressed DG --deadline "before IDB.31" \
  --for-period 2006/2007 --consult-region 419 --subject PROG-LAC \
  --text "en:To take, in consultation with the Member States of the region, the measures necessary to prepare a regional programme for Latin America and the Caribbean" \
  --text "fr:Prendre, en consultation avec les États Membres de la région, les mesures nécessaires pour élaborer un programme régional pour l’Amérique latine et les Caraïbes" \
  --source "DG-REPORT-LAC §1"
c mandate begin GC.11/Res.1 --on unknown --source "DG-REPORT-LAC §1"
c mandate report GC.11/Res.1 --on unknown --request 1 --document DG-REPORT-LAC \
  --source "DG-REPORT-LAC"
c mechanism elaborate MECH-LAC --on unknown --region 419 --mandate GC.11/Res.1 \
  --programmes PROG-LAC --frequency regular --office SECRETARIAT \
  --title "en:Mechanism of periodic consultation for Latin America and the Caribbean" \
  --title "fr:Mécanisme opérationnel de consultation périodique pour l’Amérique latine et les Caraïbes" \
  --purpose "en:To define and formulate regional programmes and to update existing ones" \
  --purpose "fr:Définir et formuler des programmes régionaux et mettre à jour ceux qui existent" \
  --source "DG-REPORT-LAC §1"
c mechanism define-circle MECH-LAC --on unknown --circle member-states --region 419 \
  --involvement "en:Consulted on the measures to prepare the programme" \
  --involvement "fr:Consultés sur les mesures à prendre pour élaborer le programme" \
  --source "DG-REPORT-LAC §1"
c mechanism define-circle MECH-LAC --on unknown --circle regional-group --group GRULAC \
  --involvement "en:Close cooperation with the Secretariat" \
  --involvement "fr:Étroite coopération avec le Secrétariat" --source "DG-REPORT-LAC §1"
c mechanism define-circle MECH-LAC --on unknown --circle countries-and-stakeholders --region 419 \
  --involvement "en:Periodic consultation with the countries and the main stakeholders and partners" \
  --involvement "fr:Consultation périodique avec les pays ainsi que les principaux intervenants et partenaires" \
  --source "DG-REPORT-LAC §1"
for purpose in definition formulation updating; do
  c mechanism state-purpose MECH-LAC --on unknown --function "$purpose" --source "DG-REPORT-LAC §1"
done

# --- § 2: the programming strategy ----------------------------------------------------------------
c mechanism state-strategy MECH-LAC --on unknown \
  --qualities consensual --qualities lasting --qualities comprehensive \
  --functions definition --functions formulation --functions execution --functions monitoring \
  --functions resource-mobilization \
  --text "en:To establish a consensual, lasting and comprehensive mechanism for the definition, formulation, execution and monitoring of regional technical cooperation, resource mobilization included" \
  --text "fr:Établir un mécanisme consensuel, durable et global pour la définition, la formulation, l’exécution et le suivi d’activités de coopération technique sur le plan régional, y compris dans le domaine de la mobilisation de ressources" \
  --source "DG-REPORT-LAC §2"

# --- § 3: common approach, three areas, the Millennium Development Goals, meetings, relations ------
for area in poverty-reduction trade-capacity environment-energy; do
  c programme add-area PROG-LAC --on unknown --area "$area" \
    --framework "en:Medium-term programme framework 2006-2009" \
    --framework "fr:Cadre de programmation à moyen terme 2006-2009" --source "DG-REPORT-LAC §3"
done
c programme state-approach PROG-LAC --on unknown \
  --areas poverty-reduction --areas trade-capacity --areas environment-energy \
  --framework "en:Medium-term programme framework 2006-2009" \
  --text "en:A common approach will make it easier to formulate regional programmes and projects adapted to the priority areas" \
  --text "fr:Une approche commune facilitera la formulation de programmes et projets régionaux adaptés dans les domaines prioritaires" \
  --source "DG-REPORT-LAC §3"
for goal in MDG1 MDG2 MDG3 MDG4 MDG5 MDG6 MDG7 MDG8; do
  c programme add-goal PROG-LAC --on unknown --goal "$goal" \
    --attention "en:Due attention to be given when the activities are worked out" \
    --attention "fr:Attention voulue à accorder lors de la mise au point des activités" \
    --source "DG-REPORT-LAC §3"
done
c mechanism provide-series MECH-LAC --on unknown --kind expert-group --frequency annual \
  --first "juin-juillet 2006" --title "en:Annual expert meetings" \
  --title "fr:Réunions annuelles d’experts" --source "DG-REPORT-LAC §3"
c meeting schedule MTG-EXPERT-2006 --on unknown --kind expert-group --dates "juin-juillet 2006" \
  --mechanism MECH-LAC --programme PROG-LAC --region 419 \
  --title "en:First annual expert meeting" --title "fr:Première réunion annuelle d’experts" \
  --source "DG-REPORT-LAC §3"
c mechanism provide-relations MECH-LAC --on unknown --frequency all-year-round \
  --between secretariat --between field-offices --between permanent-missions \
  --purpose "en:Working relations throughout the year" \
  --purpose "fr:Relations de travail tout au long de l’année" --source "DG-REPORT-LAC §3"
c liaison found LIA-LAC --on unknown --state logged --offices SECRETARIAT \
  --channels permanent-mission --channels field-office --mechanism MECH-LAC \
  --programme PROG-LAC \
  --purpose "en:Working relations between Secretariat, field offices and permanent missions" \
  --purpose "fr:Relations de travail entre le Secrétariat, les bureaux extérieurs et les missions permanentes" \
  --source "DG-REPORT-LAC §3"

# --- § 4: partnerships, results, regional foundations, South-South, the memorandum with SEGIB -------
c programme adopt-principle PROG-LAC --on unknown --principle partnerships \
  --text "en:Regional activities are marked by partnerships" \
  --text "fr:Les activités régionales se caractériseront par des partenariats" \
  --source "DG-REPORT-LAC §4"
c programme adopt-principle PROG-LAC --on unknown --principle strategic-alliances \
  --text "en:Regional activities are marked by strategic alliances" \
  --text "fr:Les activités régionales se caractériseront par des alliances stratégiques" \
  --source "DG-REPORT-LAC §4"
c programme adopt-principle PROG-LAC --on unknown --principle results-based-management \
  --text "en:Regional activities follow the principle of results-based management" \
  --text "fr:Les activités régionales obéiront au principe de la gestion axée sur les résultats" \
  --source "DG-REPORT-LAC §4"
c mechanism state-foundation MECH-LAC --on unknown --foundation core-competencies \
  --text "en:The core competencies of the region" --text "fr:Les compétences de base de la région" \
  --source "DG-REPORT-LAC §4"
c mechanism state-foundation MECH-LAC --on unknown --foundation available-resources \
  --text "en:The resources available in the region" \
  --text "fr:Les ressources disponibles dans la région" --source "DG-REPORT-LAC §4"
c mechanism state-foundation MECH-LAC --on unknown --foundation global-networks \
  --text "en:The global networks of the Organization" \
  --text "fr:Les réseaux mondiaux de l’Organisation" --source "DG-REPORT-LAC §4"
c mechanism provide-relations MECH-LAC --on unknown --frequency regular \
  --between secretariat --between national-partners \
  --purpose "en:Regular contacts with national partners on the monitoring and follow-up of programmes" \
  --purpose "fr:Contacts réguliers avec les partenaires nationaux en matière de surveillance et de suivi des programmes" \
  --source "DG-REPORT-LAC §4"
c exchange propose EXC-SOUTH-SOUTH --on unknown --reach within-region --regions 419 \
  --programme PROG-LAC --network "en:UNIDO" --network "fr:ONUDI" \
  --subject "en:South-South cooperation within the region through UNIDO" \
  --subject "fr:Coopération Sud-Sud dans la région par l’intermédiaire de l’ONUDI" \
  --source "DG-REPORT-LAC §4"
c exchange propose EXC-OTHER-REGIONS --on unknown --reach across-regions --regions 419 \
  --programme PROG-LAC --network "en:Global networks of UNIDO" \
  --network "fr:Réseaux mondiaux de l’Organisation" \
  --subject "en:Exchanges between the countries of the region and countries of other regions" \
  --subject "fr:Échanges entre les pays d’Amérique latine et des Caraïbes et les pays d’autres régions" \
  --source "DG-REPORT-LAC §4"
c party register LATIN-AMERICAN-COUNTRIES --on unknown --kind group \
  --name "en:The Latin American countries" --name "fr:Les pays d’Amérique latine" \
  --name "es:Los países de América Latina" --source "DG-REPORT-LAC §4"
c party found SEGIB --on unknown --kind regional-organization --state active --acronym SEGIB \
  --represents LATIN-AMERICAN-COUNTRIES --represents PT --represents ES \
  --name "en:Ibero-American General Secretariat" \
  --name "fr:Secrétariat général du Sommet ibéro-américain" \
  --name "es:Secretaría General Iberoamericana" --source "DG-REPORT-LAC §4"
c mou found MOU-SEGIB-2006 --on "6 avril 2006" --state signed-by-all --parties UNIDO \
  --parties SEGIB --signed-by UNIDO --signed-by SEGIB --signed-on "6 avril 2006" \
  --supports PROG-LAC \
  --title "en:Memorandum of understanding between UNIDO and the Ibero-American General Secretariat" \
  --title "fr:Mémorandum d’accord entre l’ONUDI et le Secrétariat général du Sommet ibéro-américain" \
  --subject "en:Support of the regional programme" --subject "fr:Appui au programme régional" \
  --source "DG-REPORT-LAC §4"

# --- § 5: the ministerial meeting in Montevideo, planned; what is expected of it --------------------
c meeting schedule MTG-MONTEVIDEO-2006 --on unknown --kind ministerial --dates "septembre 2006" \
  --place Montevideo --country UY --programme PROG-LAC --region 419 --high-level \
  --title "en:Regional ministerial meeting on renewable energy" \
  --title "fr:Réunion ministérielle régionale sur les énergies renouvelables" \
  --theme "en:Renewable energies" --theme "fr:Énergies renouvelables" --source "DG-REPORT-LAC §5"
c meeting prepare MTG-MONTEVIDEO-2006 --on unknown --with SEGIB \
  --serves "en:First step towards the execution of regional technical cooperation" \
  --serves "fr:Première étape vers l’exécution des activités de coopération technique régionales" \
  --source "DG-REPORT-LAC §5"
for part in round-table side-event; do
  c meeting plan-parts MTG-MONTEVIDEO-2006 --on unknown --kind "$part" \
    --theme "en:The different forms of renewable energy" \
    --theme "fr:Les différentes formes d’énergies renouvelables" --source "DG-REPORT-LAC §5"
done
c meeting expect-outcome MTG-MONTEVIDEO-2006 --on unknown --kind project-proposal \
  --scopes national --scopes regional \
  --text "en:Concrete technical cooperation projects in support of the industrial sector of the region" \
  --text "fr:Projets concrets de coopération technique visant à appuyer le développement du secteur industriel de la région" \
  --source "DG-REPORT-LAC §5"
c programme plan-step PROG-LAC --on unknown --number 1 --step MTG-MONTEVIDEO-2006 \
  --text "en:Regional ministerial meeting on renewable energy, first step towards execution" \
  --text "fr:Réunion ministérielle régionale, première étape vers l’exécution" \
  --source "DG-REPORT-LAC §5"
c funding require FUND-LAC --on unknown --purposes PROG-LAC \
  --title "en:Funds for regional technical cooperation" \
  --title "fr:Ressources financières pour la coopération technique régionale" \
  --source "DG-REPORT-LAC §5"
c funding expect-support FUND-LAC --on unknown --forum MTG-MONTEVIDEO-2006 \
  --text "en:Global forum activities should win the political support needed to find sufficient funds" \
  --text "fr:Les activités de forum mondial devraient permettre d’obtenir le soutien politique nécessaire pour trouver des ressources financières suffisantes" \
  --source "DG-REPORT-LAC §5"

# --- § 6: the action proposed to the Board: not yet taken -------------------------------------------
c document propose-action DG-REPORT-LAC --on unknown --kind takes-note --body IDB --paragraph 6 \
  --text "en:The Board may wish to take note of the information provided in the present document" \
  --text "fr:Le Conseil pourrait prendre note des informations communiquées dans le présent document" \
  --source "DG-REPORT-LAC §6"
