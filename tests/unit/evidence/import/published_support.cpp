// Evidence for published codes.
#include "published_support.h"

#include <fmt/format.h>

#include "evidence/core/text.h"

namespace assay {

std::string add_measure_field(Schema& schema, std::string_view kind, std::string_view code) {
  FieldDef field;
  field.name = fmt::format("{}.{}", kind, lower_case(code));
  field.code = std::string(code);
  field.kind = *schema.find_kind(kind);
  field.type.kind = TypeKind::Number;
  schema.add_field(field);
  return field.name;
}

Schema published_schema() {
  Schema schema = bare_schema();
  for (const char* kind : {"country", "trust", "location", "provider"}) {
    schema.add_kind({.name = kind, .plural = std::string(kind) + "s"});
  }
  const auto kind = [&](const char* name) { return *schema.find_kind(name); };
  schema.add_kind({.name = "provider_in_council",
                   .plural = "provider_in_council",
                   .relation = true,
                   .from = kind("provider"),
                   .to = kind("council")});
  schema.add_kind({.name = "trust_of_system",
                   .plural = "trust_of_system",
                   .relation = true,
                   .from = kind("trust"),
                   .to = kind("ics")});
  for (const char* code : {"Overall", "Safe", "Care Homes Overall"}) {
    FieldDef field;
    field.name = fmt::format("cqc.{}", lower_case(code));
    field.code = fmt::format("CQC rating {}", code);
    field.kind = kind("location");
    field.type.kind = TypeKind::Scale;
    field.type.name = "rating";
    field.type.labels = {{"inadequate", "Inadequate"},
                         {"requires_improvement", "Requires improvement"},
                         {"good", "Good"},
                         {"outstanding", "Outstanding"}};
    schema.add_field(field);
  }
  return schema;
}

std::string vector_path(std::string_view name) {
  return fmt::format("{}/tests/vectors/layouts/{}", ASSAY_SOURCE_DIR, name);
}

England::England(Schema rules) : Evidence(std::move(rules)) {
  REQUIRE(import_sample("councils_153.csv"));
  REQUIRE(import_sample("upper_tier_council_history.csv"));
  REQUIRE(import_sample("icbs.csv"));
  rows.clear();
}

std::string England::said(std::string_view subject, std::string_view field, std::string_view from) const {
  std::string all;
  for (const TypedRow& row : rows_of(subject, field)) {
    if (row.valid_from != day(from).days) continue;
    if (!all.empty()) all += " and ";
    const Storage storage = catalogue.fields()[row.field].storage;
    if (row.standing != Standing::Held) {
      all += fmt::format("{}: {}", to_string(row.standing), row.note);
    } else if (row.has_text) {
      all += row.text;
    } else {
      all += storage == Storage::Label ? label(row)
                                       : Decimal::scaled(row.number, catalogue.fields()[row.field].places)->to_string();
    }
  }
  return all;
}

}  // namespace assay
