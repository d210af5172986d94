// Names and their numbers, and going back when an import fails.
#include "evidence/import/catalogue.h"

#include <catch2/catch.hpp>

#include "import_support.h"

using namespace assay;

TEST_CASE("numbers start at one in the order of being added") {
  Catalogue names;
  REQUIRE(names.find_subject("council", "E06000014") == 0);
  REQUIRE(names.add_subject("council", "E06000014") == 1);
  REQUIRE(names.add_subject("ics", "QOQ") == 2);
  REQUIRE(names.add_subject("council", "E06000014") == 1);
  REQUIRE(names.add_subject("membership", "E06000014>QOQ", 1, 2) == 3);
  REQUIRE(names.find_subject("council:E06000014") == 1);
  REQUIRE(names.find_subject("membership", "E06000014>QOQ") == 3);
  REQUIRE(names.subjects()[3].from == 1);
  REQUIRE(names.subjects()[3].to == 2);
  REQUIRE(names.source("cqc_report") == 1);
  REQUIRE(names.source("cqc_collected") == 2);
  REQUIRE(names.source("cqc_report") == 1);
  REQUIRE(names.document("A letter") == 1);
  REQUIRE(names.label(7, "good") == 1);
  REQUIRE(names.label(8, "good") == 2);
  REQUIRE(names.label(7, "good") == 1);
  REQUIRE(names.labels()[2].field == 8);
}

TEST_CASE("a spelling finds its subject whatever the case, unless two share it") {
  Catalogue names;
  const auto new_one = names.add_subject("council", "E06000065");
  const auto old_one = names.add_subject("council", "E10000023");
  const auto system = names.add_subject("ics", "QOQ");
  names.add_alias(new_one, " North Yorkshire ");
  names.add_alias(system, "North Yorkshire");
  REQUIRE(names.find_alias("council", "north YORKSHIRE") == new_one);
  REQUIRE(names.find_alias("ics", "north yorkshire") == system);
  REQUIRE(names.find_alias("council", "North York") == 0);
  names.add_alias(old_one, "NORTH YORKSHIRE");
  REQUIRE(names.find_alias("council", "North Yorkshire") == 0);
  REQUIRE(names.alias_is_shared("council", "North Yorkshire"));
  REQUIRE_FALSE(names.alias_is_shared("ics", "North Yorkshire"));
  // Unicode's two ways of writing one letter are one spelling.
  names.add_alias(old_one, "Caf\xC3\xA9");
  REQUIRE(names.find_alias("council", "Cafe\xCC\x81") == old_one);
  REQUIRE(names.subject_names("ics") == std::vector<std::string>{"QOQ", "North Yorkshire"});
}

TEST_CASE("a field keeps its kind and storage") {
  Schema schema = sample_schema();
  Catalogue names;
  const FieldDef& needs = schema.field(*schema.find_field("cqc.local_authority.needs"));
  REQUIRE(names.field(needs, schema) == 1U);
  REQUIRE(names.field(needs, schema) == 1U);
  REQUIRE(names.fields()[1].storage == Storage::Number);
  REQUIRE(names.fields()[1].places == 0);
  FieldDef changed = needs;
  changed.type.kind = TypeKind::Percent;
  REQUIRE(names.field(changed, schema).error().code == ErrorCode::WrongUse);
  changed.type.kind = TypeKind::Text;
  REQUIRE(names.field(changed, schema).error().code == ErrorCode::WrongUse);
  changed = needs;
  changed.kind = *schema.find_kind("ics");
  REQUIRE(to_string(names.field(changed, schema).error()) ==
          "the store holds `cqc.local_authority.needs` of council, the rules declare it of ics; give the evidence in "
          "the rules another name");
}

TEST_CASE("going back forgets every name added since") {
  Schema schema = sample_schema();
  Catalogue names;
  const auto york = names.add_subject("council", "E06000014");
  names.add_alias(york, "York");
  names.source("register");
  const Catalogue::Mark before = names.mark();
  const auto other = names.add_subject("council", "E99");
  names.add_alias(other, "York");
  names.add_alias(other, "Elsewhere");
  names.source("rumour");
  names.document("Letter");
  REQUIRE(names.field(schema.field(FieldId{0}), schema));
  names.label(1, "good");
  REQUIRE(names.find_alias("council", "York") == 0);
  names.roll_back(before);
  REQUIRE(names.find_subject("council", "E99") == 0);
  REQUIRE(names.find_alias("council", "York") == york);
  REQUIRE(names.find_alias("council", "Elsewhere") == 0);
  REQUIRE(names.subjects().size() == 2);
  REQUIRE(names.fields().size() == 1);
  REQUIRE(names.labels().size() == 1);
  REQUIRE(names.documents().size() == 1);
  REQUIRE(names.source("rumour") == 2);
  REQUIRE(names.add_subject("council", "E99") == 2);
}
