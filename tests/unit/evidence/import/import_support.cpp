// A schema, temporary files, and imports for the tests.
#include "import_support.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace assay {

namespace {

ValueType type_of(TypeKind kind, std::optional<int> low = {}, std::optional<int> high = {}) {
  ValueType type;
  type.kind = kind;
  if (low) type.low = Decimal::from_int(*low);
  if (high) type.high = Decimal::from_int(*high);
  return type;
}

ValueType labels_of(TypeKind kind, std::string name, std::vector<LabelDef> labels) {
  ValueType type;
  type.kind = kind;
  type.name = std::move(name);
  type.labels = std::move(labels);
  return type;
}

KindId add_kind(Schema& schema, std::string name, std::string plural) {
  return schema.add_kind({.name = std::move(name), .plural = std::move(plural)});
}

KindId add_relation(Schema& schema, std::string name, KindId from, KindId to) {
  return schema.add_kind({.name = name, .plural = name, .relation = true, .from = from, .to = to});
}

FieldDef& named(FieldDef& field, std::string name, KindId kind, ValueType type) {
  field.name = std::move(name);
  field.kind = kind;
  field.type = std::move(type);
  return field;
}

void add(Schema& schema, std::string name, KindId kind, ValueType type) {
  FieldDef field;
  schema.add_field(named(field, std::move(name), kind, std::move(type)));
}

void add_cqc(Schema& schema, KindId council) {
  for (const char* name : {"needs", "healthier_lives", "equity", "care_provision", "partnerships", "safe_systems",
                           "safeguarding", "governance", "learning"}) {
    FieldDef field;
    named(field, std::string("cqc.local_authority.") + name, council, type_of(TypeKind::Score, 1, 4));
    field.from = {{"cqc_report"}, {"cqc_collected"}};
    schema.add_field(field);
  }
  add(schema, "cqc.local_authority.published_percent", council, type_of(TypeKind::Percent, 25, 100));
  add(schema, "cqc.local_authority.published_rating", council,
      labels_of(TypeKind::Scale, "cqc_rating",
                {{"inadequate", "Inadequate"},
                 {"requires_improvement", "Requires improvement"},
                 {"good", "Good"},
                 {"outstanding", "Outstanding"}}));
}

void add_intervention(Schema& schema, KindId council) {
  FieldDef wait;
  named(wait, "asc.intervention.assessment_wait_median", council, type_of(TypeKind::Days));
  wait.occurrence = Occurrence::Series;
  wait.every = Step::Quarter;
  schema.add_field(wait);
  FieldDef notice;
  named(notice, "asc.intervention.section_114_notice", council, type_of(TypeKind::Event));
  notice.occurrence = Occurrence::Event;
  schema.add_field(notice);
  FieldDef stage;
  named(stage, "asc.intervention.support", council,
        labels_of(TypeKind::Scale, "asc.intervention.support",
                  {{"sector_led", "Sector-led support"},
                   {"enhanced_monitoring", "Enhanced monitoring and support"},
                   {"directed", "Statutory direction"}}));
  stage.is_stage = true;
  schema.add_field(stage);
  FieldDef quality;
  named(quality, "asc.intervention.quality_of_life", council, type_of(TypeKind::Number, 0, 24));
  quality.code = "ASCOF 1A";
  quality.occurrence = Occurrence::Series;
  quality.every = Step::FinancialYear;
  schema.add_field(quality);
  FieldDef risk;
  named(risk, "asc.intervention.risk_reduced", council, type_of(TypeKind::Percent, 0, 100));
  risk.code = "ASCOF 4B";
  risk.may_not_apply = true;
  schema.add_field(risk);
  FieldDef turnover;
  named(turnover, "asc.intervention.staff_turnover", council, type_of(TypeKind::Percent, 0, 100));
  turnover.code = "ASCOF 6A";
  schema.add_field(turnover);
  add(schema, "asc.intervention.review", council,
      labels_of(TypeKind::Choice, "", {{"positive", ""}, {"mixed", ""}, {"complete", ""}}));
  add(schema, "asc.intervention.remark", council, type_of(TypeKind::Text));
  add(schema, "asc.intervention.next_visit", council, type_of(TypeKind::Date));
  add(schema, "asc.intervention.scrutiny", council, type_of(TypeKind::YesNo));
  add(schema, "asc.intervention.budget", council, type_of(TypeKind::Money));
}

// What the records of interventions in councils name.
void add_records(Schema& schema, KindId council) {
  for (const char* name : {"asc.intervention.notified_by_cqc", "asc.intervention.minister_letter",
                           "asc.intervention.reported_to_councillors", "asc.intervention.stage_reviewed",
                           "council.section_114.council_met_on_report", "cqc.local_authority.assessed"}) {
    FieldDef event;
    named(event, name, council, type_of(TypeKind::Event));
    event.occurrence = Occurrence::Event;
    schema.add_field(event);
  }
  for (const char* name : {"asc.intervention.support_sought", "asc.intervention.member_scrutiny_active",
                           "asc.intervention.councillors_own_plan", "council.best_value.satisfied_of_failure",
                           "council.best_value.ministry_reassured", "council.best_value.gains_are_embedded",
                           "council.best_value.met_in_improvement", "council.best_value.met_in_leadership",
                           "council.best_value.met_in_governance", "council.best_value.met_in_culture",
                           "council.best_value.met_in_resources", "council.best_value.met_in_services",
                           "council.best_value.met_in_partnerships"})
    add(schema, name, council, type_of(TypeKind::YesNo));
  for (const char* name : {"asc.intervention.ombudsman_upheld_rate", "asc.intervention.partner_confidence",
                           "asc.intervention.improvement_actions_complete"})
    add(schema, name, council, type_of(TypeKind::Percent, 0, 100));
  add(schema, "asc.intervention.challenge", council, type_of(TypeKind::Text));
  add(schema, "asc.intervention.peer_review_outcome", council,
      labels_of(TypeKind::Choice, "", {{"positive", ""}, {"mixed", ""}, {"negative", ""}}));
  FieldDef stage;
  named(stage, "council.best_value.intervention", council,
        labels_of(TypeKind::Scale, "council.best_value.intervention",
                  {{"no_intervention", ""},
                   {"notice", ""},
                   {"inspection", ""},
                   {"directions", ""},
                   {"envoys", ""},
                   {"commissioners", ""}}));
  stage.is_stage = true;
  schema.add_field(stage);
}

// A value, its score and a yes or no of each quarter, by published code.
void add_oversight(Schema& schema, KindId trust) {
  const auto add_quarterly = [&](std::string_view name, std::string_view code, ValueType type) {
    FieldDef field;
    named(field, std::string("nhse.oversight.") + std::string(name), trust, std::move(type));
    field.code = code;
    field.occurrence = Occurrence::Series;
    field.every = Step::Quarter;
    schema.add_field(field);
  };
  add_quarterly("raising_concerns", "OF0061", type_of(TypeKind::Number, 0, 10));
  add_quarterly("raising_concerns_score", "OF1061", type_of(TypeKind::Number, 1, 4));
  add_quarterly("in_deficit", "OF5004", type_of(TypeKind::YesNo));
}

}  // namespace

Schema bare_schema() {
  Schema schema;
  const KindId council = add_kind(schema, "council", "councils");
  const KindId ics = add_kind(schema, "ics", "systems");
  add_relation(schema, "membership", council, ics);
  add_relation(schema, "ics_succession", ics, ics);
  add_relation(schema, "council_succession", council, council);
  return schema;
}

Schema sample_schema() {
  Schema schema = bare_schema();
  const KindId council = *schema.find_kind("council");
  const KindId membership = *schema.find_kind("membership");
  const KindId succession = *schema.find_kind("ics_succession");
  for (const char* name : {"share_of_council", "share_of_system", "registered_share_of_council"}) {
    add(schema, std::string("england.geography.") + name, membership, type_of(TypeKind::Percent, 0, 100));
  }
  for (const char* name : {"succession_share", "succession_share_published"}) {
    add(schema, std::string("england.geography.") + name, succession, type_of(TypeKind::Percent, 0, 100));
  }
  add(schema, "england.geography.population", council, type_of(TypeKind::Whole));
  add(schema, "england.geography.system_population", *schema.find_kind("ics"), type_of(TypeKind::Whole));
  add_cqc(schema, council);
  add_intervention(schema, council);
  add_records(schema, council);
  add_oversight(schema, add_kind(schema, "trust", "trusts"));
  return schema;
}

TempFile::TempFile(std::string_view content, std::string_view name) {
  static int made = 0;
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("assay_import_{}_{}", getpid(), made++);
  std::filesystem::create_directory(folder);
  path_ = folder / name;
  std::ofstream(path_, std::ios::binary) << content;
}

TempFile::~TempFile() { std::filesystem::remove_all(path_.parent_path()); }

bool Evidence::import(ImportRequest request) {
  request.recorded_on = recorded_on;
  std::vector<TypedRow> taken;
  auto result = import_file(request, schema, catalogue, [&taken](std::span<const TypedRow> block) -> Result<void> {
    taken.insert(taken.end(), block.begin(), block.end());
    return {};
  });
  faults.clear();
  if (!result) {
    for (const Error& fault : result.error()) {
      const std::size_t colon = fault.place.find(": ");
      faults.push_back(fmt::format("{}: {}; {}",
                                   colon == std::string::npos ? fault.place : fault.place.substr(colon + 2),
                                   fault.message, fault.help));
    }
    return false;
  }
  report = *result;
  rows.insert(rows.end(), taken.begin(), taken.end());
  return true;
}

bool Evidence::import_text(std::string_view content, std::string_view layout, std::string_view source) {
  const TempFile file(content);
  return import({.path = file.path(), .layout = std::string(layout), .source = std::string(source)});
}

bool Evidence::import_sample(std::string_view name, std::string_view recorded) {
  recorded_on = day(recorded);
  return import({.path = fmt::format("{}/rulesets/sample_evidence/{}", ASSAY_SOURCE_DIR, name)});
}

void Evidence::add_bodies() {
  REQUIRE(
      import_text("subject,field,value,valid_from\n"
                  "council:E06000014,council.register,York,1996-04-01\n"
                  "council:E06000009,council.register,Blackpool,1998-04-01\n"
                  "council:E06000009,council.alias,Blackpool Borough Council,1998-04-01\n"
                  "ics:QE1,ics.register,Lancashire and South Cumbria,2022-07-01\n"
                  "membership:E06000009>QE1,membership.register,,2022-07-01\n"));
  rows.clear();
}

std::vector<TypedRow> Evidence::rows_of(std::string_view subject, std::string_view field) const {
  std::vector<TypedRow> found;
  for (const TypedRow& row : rows) {
    if (row.subject == catalogue.find_subject(subject) && row.field == catalogue.find_field(field))
      found.push_back(row);
  }
  return found;
}

TypedRow Evidence::last(std::string_view subject, std::string_view field) const {
  const auto found = rows_of(subject, field);
  REQUIRE_FALSE(found.empty());
  return found.back();
}

std::size_t Evidence::count(std::string_view field) const {
  const std::uint32_t number = catalogue.find_field(field);
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [number](const TypedRow& r) { return r.field == number; }));
}

}  // namespace assay
