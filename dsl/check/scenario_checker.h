// One scenario: its subjects first, then what is given of them, then what is expected.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "dsl/check/expr_checker.h"

namespace assay::checking {

class ScenarioChecker {
 public:
  ScenarioChecker(Checker& checker, RulesetId in) : checker_(checker) { made_.ruleset = in; }

  Scenario check(const ast::ScenarioDecl& decl, Span span);

  // What is given, by sort (scenarios.cpp).
  void operator()(const ast::GivenSubject& given);
  void operator()(const ast::GivenLink& link);
  void operator()(const ast::GivenParameter& given);
  void operator()(const ast::GivenWaiver& given);
  void operator()(const ast::GivenRelease& given);

 private:
  // Without a kind where the kind is wrong, which has been spoken of.
  struct Given {
    std::optional<KindId> kind;
    Span named;
  };
  // Of an expectation: whose it is, and what that subject is called in the scenario.
  struct Subject {
    KindId kind;
    std::string name;
  };

  const Given* given(const ast::Name& name);
  std::string code_of(const ast::Name& name, KindId kind) const;
  std::string own_code(const std::string& name) const;
  std::optional<Value> typed(ast::ExprId id, TypeId type, std::string_view what);
  bool period_fits(Span at, const std::optional<Date>& from, const std::optional<Date>& to);
  bool end_fits(const ast::Name& name, const Given& subject, KindId wanted, const KindDef& relation);
  void row(const ast::GivenValue& given, const std::string& subject, KindId kind);
  // Of a waiver or release: in force as at the scenario's date where it says nothing else.
  void record(const ast::Name& subject, FieldId field, Scenario::Row row, Span at);
  std::optional<Value> happened(const ast::GivenValue& given);
  bool form_fits(const ast::GivenValue& given, const FieldDef& def);

  // expectations.cpp
  void expect(const ast::Expect& expect);
  struct Target {
    std::variant<RuleId, FieldId> what;
    KindId kind;
    TypeId type;
    bool trigger;
  };
  std::optional<Target> target(const ast::Name& name);
  std::optional<Subject> subject_of(const ast::Expect& expect, const Target& target);
  std::optional<Subject> link_of(const ast::Name& from, const ast::Name& to, const Target& target);
  bool form_fits(const ast::Expect& expect, const Target& target);
  std::optional<Scenario::Reason> reason(const ast::ExpectedReason& written, const Subject& subject);

  Checker& checker_;
  Scenario made_;
  std::map<std::string, Given> subjects_;
  std::map<std::string, KindId> links_;  // by code
  std::vector<Scenario::Subject> made_links_;
};

}  // namespace assay::checking
