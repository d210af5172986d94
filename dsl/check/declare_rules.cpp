// Names, kinds and types of parameters and rules, before anything that they say is looked at: rules may read rules
// declared later.
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

class RuleDeclarer {
 public:
  explicit RuleDeclarer(Checker& checker) : checker_(checker) {}

  void operator()(ast::DeclId id, const ast::ParameterDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::MethodDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::DefineDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::RatingDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::TableDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::FlagDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::InteractionDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::RegimeDecl& decl, RulesetId in);
  template <class Other>
  void operator()(ast::DeclId, const Other&, RulesetId) {}

 private:
  struct Head {
    ast::DeclId id;
    const ast::Name& name;
    const std::string& title;
    RulesetId in;
  };
  void add(Head head, std::optional<KindId> kind, TypeId type, const ast::Grounds& grounds, decltype(Rule::body) body,
           const ast::Charge& charge = {});
  void add_row(const Rule& like, const ast::RegimeDecl& decl, std::string row, std::string title, Span named, Span span,
               const ast::Grounds& grounds, const ast::Charge& charge, decltype(Rule::body) body);
  void add_rows(const Rule& like, const ast::RegimeDecl& decl, RegimeId regime, const ValueType& stages);
  // What an overlay says is local without saying so.
  Grounds believed(RulesetId in, const ast::Grounds& written) {
    Grounds made = checker_.grounds(in, written);
    if (checker_.is_local(in)) made.basis = ast::BasisKind::Local;
    return made;
  }
  // The type of what a rule works out, which is no event.
  TypeId worked_out(const ast::Name& name, const ast::TypeExpr& written, RulesetId in);
  TypeId yes_no() { return intern(checker_.book, TypeKind::YesNo); }
  RuleId next() const { return {static_cast<std::uint32_t>(checker_.book.rules.size())}; }

  Checker& checker_;
};

std::string title_or_name(const std::string& title, const ast::Name& name) {
  return title.empty() ? title_from_name(name.text) : title;
}

void RuleDeclarer::add(Head head, std::optional<KindId> kind, TypeId type, const ast::Grounds& grounds,
                       decltype(Rule::body) body, const ast::Charge& charge) {
  const Grounds made = believed(head.in, grounds);
  Charge charged = checker_.charge(head.in, charge);
  if (!kind) {
    checker_.declare(head.in, head.name, {.sort = Sort::Broken});
    return;
  }
  const RuleId id = next();
  if (!checker_.declare(head.in, head.name, {.sort = Sort::Rule, .index = id.index})) return;
  checker_.became[head.id.index] = id.index;
  checker_.rule_named.push_back(head.name.span);
  checker_.book.rules.push_back({.ruleset = head.in,
                                 .name = checker_.qualified(head.in, head.name.text),
                                 .title = title_or_name(head.title, head.name),
                                 .kind = *kind,
                                 .type = type,
                                 .grounds = made,
                                 .span = checker_.book.tree.span(head.id),
                                 .roles = {checker_.book.schema.kind(*kind).name},
                                 .body = std::move(body),
                                 .charge = std::move(charged)});
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::ParameterDecl& decl, RulesetId in) {
  const TypeId type = checker_.declared_type(in, decl.type);
  const auto index = static_cast<std::uint32_t>(checker_.book.parameters.size());
  if (!checker_.declare(in, decl.name, {.sort = Sort::Parameter, .index = index})) return;
  checker_.became[id.index] = index;
  checker_.book.parameters.push_back({.ruleset = in,
                                      .name = checker_.qualified(in, decl.name.text),
                                      .title = title_or_name(decl.title, decl.name),
                                      .type = type,
                                      .grounds = believed(in, decl.grounds),
                                      .span = checker_.book.tree.span(id)});
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::MethodDecl& decl, RulesetId in) {
  const TypeId type = checker_.declared_type(in, decl.type);
  const auto index = static_cast<std::uint32_t>(checker_.book.methods.size());
  if (!checker_.declare(in, decl.name, {.sort = Sort::Method, .index = index})) return;
  checker_.became[id.index] = index;
  checker_.method_declared.push_back(id);
  checker_.book.methods.push_back({.ruleset = in,
                                   .name = checker_.qualified(in, decl.name.text),
                                   .title = title_or_name(decl.title, decl.name),
                                   .type = type,
                                   .value = decl.value,
                                   .grounds = believed(in, decl.grounds),
                                   .span = checker_.book.tree.span(id)});
}

TypeId RuleDeclarer::worked_out(const ast::Name& name, const ast::TypeExpr& written, RulesetId in) {
  const TypeId type = checker_.declared_type(in, written);
  if (type == kErrorType || checker_.book.type(type).kind != TypeKind::Event) return type;
  checker_.report(DiagnosticKind::EventAlone, written.span,
                  fmt::format("`{}` cannot be an event: events are recorded, not worked out", name.text),
                  "define a yes/no, as in `section_114_notice within the last 12 months`");
  return kErrorType;
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::DefineDecl& decl, RulesetId in) {
  const auto kind = checker_.find_body_kind(in, decl.kind);
  const TypeId type = worked_out(decl.name, decl.type, in);
  add({id, decl.name, decl.title, in}, kind, type, decl.grounds, DefineRule{.value = decl.value}, decl.charge);
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::TableDecl& decl, RulesetId in) {
  const auto kind = checker_.find_body_kind(in, decl.kind);
  const TypeId type = worked_out(decl.name, decl.type, in);
  add({id, decl.name, decl.title, in}, kind, type, decl.grounds,
      TableRule{.inputs = decl.inputs, .unique = decl.unique}, decl.charge);
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::RatingDecl& decl, RulesetId in) {
  const auto kind = checker_.find_body_kind(in, decl.kind);
  const Symbol* scale = checker_.find(in, decl.scale, Sort::Scale);
  add({id, decl.name, decl.title, in}, kind, scale == nullptr ? kErrorType : TypeId{scale->index}, decl.grounds,
      RatingRule{.from = decl.from}, decl.charge);
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::FlagDecl& decl, RulesetId in) {
  const auto kind = checker_.find_body_kind(in, decl.kind);
  const std::string title = decl.title.empty() ? title_from_name(decl.name.text) : decl.title;
  const FieldId waiver = kind ? checker_.add_record(in, decl.name, *kind, FieldRole::Waiver, title) : FieldId{};
  add({id, decl.name, decl.title, in}, kind, yes_no(), decl.grounds,
      FlagRule{.severity = decl.severity,
               .when = decl.when,
               .unless = decl.unless,
               .says = decl.says,
               .action = decl.action,
               .raised_by = {},
               .waiver = waiver},
      decl.charge);
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::InteractionDecl& decl, RulesetId in) {
  const Symbol* relation = checker_.find(in, decl.relation, Sort::Relation);
  const std::optional<KindId> kind = relation == nullptr ? std::nullopt : std::optional(KindId{relation->index});
  add({id, decl.name, decl.title, in}, kind, yes_no(), decl.grounds,
      InteractionRule{.relation = kind.value_or(KindId{}), .when = decl.when, .says = decl.says});
}

void RuleDeclarer::add_row(const Rule& like, const ast::RegimeDecl& decl, std::string row, std::string title,
                           Span named, Span span, const ast::Grounds& grounds, const ast::Charge& charge,
                           decltype(Rule::body) body) {
  const RulesetId in = like.ruleset;
  Rule rule = like;
  const Charge own = checker_.charge(in, charge);
  if (!own.answers_to.empty()) rule.charge.answers_to = own.answers_to;
  if (!own.aims.empty()) rule.charge.aims = own.aims;
  rule.grounds = checker_.grounds(in, grounds);
  rule.name = like.name + "." + row;
  rule.title = like.title + ": " + title;
  rule.type = yes_no();
  rule.span = span;
  rule.body = std::move(body);
  checker_.names.add(in, decl.name.text + "." + row, {.sort = Sort::Rule, .index = next().index, .span = span});
  checker_.rule_named.push_back(named);
  checker_.book.rules.push_back(std::move(rule));
}

// The criteria rows of a regime. A stage named wrongly is spoken of when the criteria are checked.
void RuleDeclarer::add_rows(const Rule& like, const ast::RegimeDecl& decl, RegimeId regime, const ValueType& stages) {
  const auto stage = [&](const ast::Name& name) { return checker_.find_label(stages, name); };
  const auto title_of = [&](Label label) { return stages.labels[label.index].title; };
  std::map<std::string, Span> seen;
  const auto is_new = [&](const std::string& row, Span span) {
    const auto [first, fresh] = seen.emplace(row, span);
    if (!fresh) {
      checker_.report(DiagnosticKind::DeclaredTwice, span,
                      fmt::format("`{}.{}` has its criteria already", decl.name.text, row),
                      "join the two with `any of`", {{first->second, "given here"}});
    }
    return fresh;
  };
  struct Entered {
    Label stage;
    RuleId rule;
    const ast::Enter* enter;
  };
  std::vector<Entered> entered;
  for (const ast::Enter& enter : decl.enters) {
    const auto label = stage(enter.stage);
    const std::string row = "enter." + enter.stage.text;
    if (!label || !is_new(row, enter.stage.span)) continue;
    entered.push_back({*label, next(), &enter});
    add_row(like, decl, row, "criteria to enter " + title_of(*label), enter.stage.span, enter.span, enter.grounds,
            enter.charge, EnterRule{regime, *label, enter.criteria});
  }
  for (const ast::Exit& exit : decl.exits) {
    const auto from = stage(exit.from), to = stage(exit.to);
    const std::string row = "exit." + exit.from.text + "." + exit.to.text;
    if (!from || !to || !is_new(row, exit.from.span)) continue;
    if (*from == *to) {
      checker_.report(DiagnosticKind::ClauseMisfit, exit.to.span,
                      fmt::format("an exit from `{}` to itself", exit.from.text), "name the stage it leads to");
      continue;
    }
    add_row(like, decl, row, fmt::format("criteria to leave {} for {}", title_of(*from), title_of(*to)), exit.from.span,
            exit.span, exit.grounds, exit.charge, ExitRule{regime, *from, *to, exit.criteria});
  }
  for (const Entered& row : entered) {
    add_row(like, decl, "unsupported." + row.enter->stage.text,
            title_of(row.stage) + " recorded without the criteria to enter it", row.enter->stage.span, row.enter->span,
            {}, {}, UnsupportedRule{regime, row.stage, row.rule});
    checker_.book.rules.back().grounds = checker_.book.rule(row.rule).grounds;
  }
}

void RuleDeclarer::operator()(ast::DeclId id, const ast::RegimeDecl& decl, RulesetId in) {
  if (!checker_.became[id.index]) {
    checker_.declare(in, decl.name, {.sort = Sort::Broken});
    return;
  }
  const FieldId field{*checker_.became[id.index]};
  const FieldDef def = checker_.book.schema.field(field);
  const RegimeId regime{static_cast<std::uint32_t>(checker_.book.regimes.size())};
  const RuleId stage_rule = next();
  if (!checker_.declare(in, decl.name, {.sort = Sort::Rule, .index = stage_rule.index})) return;
  const auto starts_in = checker_.find_label(def.type, decl.starts_in);
  Regime made{.ruleset = in,
              .name = def.name,
              .title = def.title,
              .decided_by = decl.decided_by,
              .kind = def.kind,
              .field = field,
              .stage_rule = stage_rule,
              .starts_in = starts_in.value_or(Label{}),
              .span = checker_.book.tree.span(id)};
  for (const ast::Stage& stage : decl.stages) {
    if (made.stages.size() == def.type.labels.size()) break;  // one stands twice, and has been spoken of
    made.stages.push_back({title_or_name(stage.title, stage.name),
                           stage.decided_by.empty() ? decl.decided_by : stage.decided_by,
                           checker_.grounds(in, stage.grounds)});
  }
  checker_.book.regimes.push_back(std::move(made));
  Rule rule{.ruleset = in,
            .name = def.name,
            .title = def.title,
            .kind = def.kind,
            .type = intern(checker_.book, def.type),
            .span = checker_.book.tree.span(id),
            .roles = {checker_.book.schema.kind(def.kind).name},
            .body = StageRule{regime},
            .charge = checker_.charge(in, decl.charge)};
  checker_.rule_named.push_back(decl.name.span);
  checker_.book.rules.push_back(rule);
  add_rows(rule, decl, regime, def.type);
}

}  // namespace

void declare_rules(Checker& checker) {
  RuleDeclarer declarer(checker);
  const ast::Tree& tree = checker.book.tree;
  for (std::uint32_t i = 0; i < tree.decl_count(); ++i) {
    const ast::DeclId id{i};
    const RulesetId in = checker.ruleset_of(tree.span(id));
    std::visit([&](const auto& decl) { declarer(id, decl, in); }, tree.decl(id));
  }
}

}  // namespace assay::checking
