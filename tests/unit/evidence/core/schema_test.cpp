// Kinds bring their register and alias fields; fields answer to name and code.
#include "evidence/core/schema.h"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("a kind comes with its register and its aliases") {
  Schema schema;
  const KindId council = schema.add_kind({.name = "council", .plural = "councils"});
  const KindId membership = schema.add_kind({.name = "membership", .relation = true, .from = council, .to = council});
  REQUIRE(schema.find_kind("council") == council);
  REQUIRE(schema.find_kind("membership") == membership);
  REQUIRE_FALSE(schema.find_kind("councils"));

  for (const KindId id : {council, membership}) {
    const KindDef& kind = schema.kind(id);
    const FieldDef& in_being = schema.field(kind.register_field);
    REQUIRE(schema.find_field(kind.name + ".register") == kind.register_field);
    REQUIRE(in_being.kind == id);
    REQUIRE(in_being.type.kind == TypeKind::Text);
    REQUIRE(in_being.title == "Register");
    REQUIRE(in_being.occurrence == Occurrence::State);
    const FieldDef& alias = schema.field(kind.alias_field);
    REQUIRE(schema.find_field(kind.name + ".alias") == kind.alias_field);
    REQUIRE(alias.kind == id);
    REQUIRE(alias.type.kind == TypeKind::Text);
    REQUIRE(alias.title == "Other name or code");
    REQUIRE(alias.occurrence == Occurrence::State);
  }
  REQUIRE(schema.kinds().size() == 2);
  REQUIRE(schema.fields().size() == 4);
}

TEST_CASE("a field is found by its name or its published code, the name first") {
  Schema schema;
  const KindId trust = schema.add_kind({.name = "trust"});
  const FieldId waits = schema.add_field({.name = "nhse.oversight.waits", .kind = trust, .code = "OF0057"});
  const FieldId odd = schema.add_field({.name = "OF0057b", .kind = trust, .code = "nhse.oversight.waits"});
  REQUIRE(schema.find_field("nhse.oversight.waits") == waits);
  REQUIRE(schema.find_field("OF0057") == waits);
  REQUIRE(schema.find_field("OF0057b") == odd);
  REQUIRE_FALSE(schema.find_field("waits"));
  REQUIRE_FALSE(schema.find_field(""));
}

TEST_CASE("of two fields with one name the first answers") {
  Schema schema;
  const KindId trust = schema.add_kind({.name = "trust"});
  const FieldId first = schema.add_field({.name = "x", .kind = trust, .title = "first"});
  schema.add_field({.name = "x", .kind = trust, .title = "second"});
  REQUIRE(schema.find_field("x") == first);
}

TEST_CASE("a subject's name comes apart at its first colon") {
  const auto subject = split_subject("council:E06000014");
  REQUIRE(subject);
  REQUIRE(subject->kind == "council");
  REQUIRE(subject->code == "E06000014");
  REQUIRE(split_subject("membership:E06000009>QE1")->code == "E06000009>QE1");
  REQUIRE(split_subject("place:a:b")->code == "a:b");
  REQUIRE_FALSE(split_subject("York"));
  REQUIRE_FALSE(split_subject(":E06000014"));
  REQUIRE_FALSE(split_subject("council:"));
  REQUIRE_FALSE(split_subject(""));
}

TEST_CASE("a link's code joins those of its ends") { REQUIRE(link_code("E06000009", "QE1") == "E06000009>QE1"); }
