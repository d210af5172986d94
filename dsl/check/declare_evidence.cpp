// Fields: evidence, the attributes of relations, and the stages that regimes record.
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

class EvidenceDeclarer {
 public:
  explicit EvidenceDeclarer(Checker& checker) : checker_(checker) {}

  void operator()(ast::DeclId id, const ast::RelationDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::EvidenceDecl& decl, RulesetId in);
  void operator()(ast::DeclId id, const ast::RegimeDecl& decl, RulesetId in);
  template <class Other>
  void operator()(ast::DeclId, const Other&, RulesetId) {}

 private:
  std::optional<FieldId> add(const ast::Name& name, RulesetId in, FieldDef field, EvidenceNote note, bool vocabulary);
  // Of evidence that another edition declares too: it is the same.
  std::optional<FieldId> same_field(const ast::Name& name, RulesetId in, const Symbol& other, const FieldDef& field,
                                    const EvidenceNote& note, bool vocabulary);
  bool clauses_fit(const ast::EvidenceDecl& decl, const ValueType& type);
  void take_breaks(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field, EvidenceNote& note);
  void take_code(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field);
  void take_uses(const ast::EvidenceDecl& decl, RulesetId in, EvidenceNote& note);
  void take_theme_and_sources(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field, EvidenceNote& note);

  Checker& checker_;
  struct CodeOf {
    Span span;
    std::string field;
  };
  std::map<std::string, CodeOf> codes_;
  std::map<std::pair<RulesetId, std::string>, FieldId> stages_;  // recorded under a regime's name
};

std::string title_or_name(const std::string& title, const ast::Name& name) {
  return title.empty() ? title_from_name(name.text) : title;
}

std::optional<FieldId> EvidenceDeclarer::add(const ast::Name& name, RulesetId in, FieldDef field, EvidenceNote note,
                                             bool vocabulary) {
  if (const Symbol* other = checker_.in_other_edition(in, name.text, Sort::Field))
    return same_field(name, in, *other, field, note, vocabulary);
  const auto index = static_cast<std::uint32_t>(checker_.book.schema.fields().size());
  if (!checker_.declare(in, name, {.sort = Sort::Field, .index = index, .vocabulary = vocabulary})) return std::nullopt;
  field.name = checker_.qualified(in, name.text);
  note.ruleset = in;
  note.span = name.span;
  const FieldId id = checker_.book.schema.add_field(std::move(field));
  checker_.book.evidence.push_back(std::move(note));
  return id;
}

// In what two declarations of one field differ, where it decides how the field is read.
std::string_view difference(const FieldDef& a, const FieldDef& b) {
  const auto breaks_of = [](const FieldDef& field) {
    std::vector<Date> out;
    for (const SeriesBreak& each : field.breaks) out.push_back(each.from);
    return out;
  };
  if (a.kind != b.kind) return "the kind whose it is";
  if (!same_type(a.type, b.type)) return "its type";
  if (a.occurrence != b.occurrence || a.every != b.every) return "`every`";
  if (a.due_within != b.due_within) return "`due within`";
  if (a.fresh_for != b.fresh_for) return "`fresh for`";
  if (a.direction != b.direction) return "its direction";
  if (a.from != b.from) return "`from`";
  if (a.may_not_apply != b.may_not_apply) return "`may not apply`";
  return breaks_of(a) != breaks_of(b) ? "its breaks" : "";
}

std::optional<FieldId> EvidenceDeclarer::same_field(const ast::Name& name, RulesetId in, const Symbol& other,
                                                    const FieldDef& field, const EvidenceNote& note, bool vocabulary) {
  const FieldId id{other.index};
  const EvidenceNote& said = checker_.book.evidence[id.index];
  std::string_view what = difference(checker_.book.schema.field(id), field);
  if (what.empty() && said.purpose != note.purpose) what = "its purpose";
  if (what.empty() && said.keep_for != note.keep_for) what = "how long it is kept";
  if (what.empty() && said.judgement_of != note.judgement_of) what = "whose judgement it is";
  if (!what.empty()) {
    checker_.differs(name, other, fmt::format("`{}` differs from another edition in {}", name.text, what));
    checker_.declare(in, name, {.sort = Sort::Broken});
    return std::nullopt;
  }
  if (!checker_.declare(in, name, {.sort = Sort::Field, .index = id.index, .vocabulary = vocabulary}))
    return std::nullopt;
  return id;
}

void EvidenceDeclarer::operator()(ast::DeclId id, const ast::RelationDecl& decl, RulesetId in) {
  if (!checker_.became[id.index]) return;
  const KindId relation{*checker_.became[id.index]};
  for (const ast::Attribute& attribute : decl.attributes) {
    const TypeId type = checker_.declared_type(in, attribute.type);
    if (type == kErrorType) {
      checker_.declare(in, attribute.name, {.sort = Sort::Broken, .vocabulary = true});
      continue;
    }
    FieldDef field{
        .kind = relation, .type = checker_.book.type(type), .title = title_or_name(attribute.title, attribute.name)};
    add(attribute.name, in, std::move(field), {}, true);
  }
}

// Clauses that say nothing of evidence of this type or occurrence.
bool EvidenceDeclarer::clauses_fit(const ast::EvidenceDecl& decl, const ValueType& type) {
  const auto misfit = [&](std::string message, std::string help) {
    checker_.report(DiagnosticKind::ClauseMisfit, decl.name.span, std::move(message), std::move(help));
    return false;
  };
  if (type.kind == TypeKind::Event && decl.every) {
    return misfit(fmt::format("`{}` is an event and has no reading every {}", decl.name.text, to_string(*decl.every)),
                  "leave out `every`");
  }
  if (decl.due_within && !decl.every) {
    return misfit(fmt::format("`{}` is due within {}, but no reading is asked of it", decl.name.text,
                              decl.due_within->to_string()),
                  "say how often, as in `every quarter`");
  }
  if (decl.direction != 0 && !is_numeric(type.kind) && type.kind != TypeKind::Date && type.kind != TypeKind::YesNo) {
    return misfit(fmt::format("`{}` is {}, where nothing is higher or lower", decl.name.text, say(type)),
                  type.kind == TypeKind::Scale ? "a scale already runs from worst to best" : "leave out its direction");
  }
  return true;
}

void EvidenceDeclarer::take_code(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field) {
  if (!decl.code) return;
  const std::string name = checker_.qualified(in, decl.name.text);
  const auto [first, is_new] = codes_.emplace(decl.code->text, CodeOf{decl.code->span, name});
  if (is_new || first->second.field == name) {
    field.code = decl.code->text;
    return;
  }
  checker_.report(DiagnosticKind::DeclaredTwice, decl.code->span,
                  fmt::format("the code `{}` is that of other evidence", decl.code->text), "",
                  {{first->second.span, "given here"}});
}

void EvidenceDeclarer::take_theme_and_sources(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field,
                                              EvidenceNote& note) {
  if (decl.theme && checker_.find(in, *decl.theme, Sort::Theme) != nullptr) note.theme = decl.theme->text;
  std::map<std::string, Span> seen;
  for (const auto& rank : decl.from) {
    std::vector<std::string> equals;
    for (const ast::Name& source : rank) {
      const Symbol* document = checker_.find(in, source, Sort::Document);
      if (document == nullptr) continue;
      const std::string& name = checker_.book.documents[document->index].name;
      const auto [first, is_new] = seen.emplace(name, source.span);
      if (!is_new) {
        checker_.report(DiagnosticKind::DeclaredTwice, source.span,
                        fmt::format("`{}` stands twice in `from`", source.text), "",
                        {{first->second, "the first is here"}});
        continue;
      }
      equals.push_back(name);
    }
    if (!equals.empty()) field.from.push_back(std::move(equals));
  }
}

void EvidenceDeclarer::take_breaks(const ast::EvidenceDecl& decl, RulesetId in, FieldDef& field, EvidenceNote& note) {
  std::map<Date, const ast::SeriesBreak*> breaks;
  for (const ast::SeriesBreak& each : decl.breaks) {
    const auto [first, is_new] = breaks.emplace(each.from, &each);
    if (!is_new) {
      checker_.report(DiagnosticKind::DeclaredTwice, each.span,
                      fmt::format("`{}` has a break from {} already", decl.name.text, each.from.to_string()),
                      "say both reasons in one", {{first->second->span, "the first is here"}});
    } else if (field.type.kind == TypeKind::Event) {
      checker_.report(DiagnosticKind::ClauseMisfit, each.span,
                      fmt::format("`{}` is an event, and events are not compared with one another", decl.name.text),
                      "breaks are of states and series");
    }
  }
  for (const auto& [from, each] : breaks) {
    field.breaks.push_back({from, each->why});
    note.breaks.push_back(checker_.grounds(in, each->grounds));
  }
}

// What it costs, who asks for it and what it stands in for. What a horizon counts from is looked up once all evidence
// is declared.
void EvidenceDeclarer::take_uses(const ast::EvidenceDecl& decl, RulesetId in, EvidenceNote& note) {
  note.costs = decl.costs;
  note.asked_of = decl.asked_of;
  note.serves_safety = decl.serves_safety;
  note.keep_for = decl.keep_for;
  for (const auto& asker : decl.asked_by) {
    const auto* name = std::get_if<ast::Name>(&asker);
    if (name == nullptr) {
      note.asked_by.push_back(std::get<ast::Text>(asker).text);
      continue;
    }
    auto ruleset = checker_.names.alias(in, name->text);
    if (!ruleset) ruleset = checker_.names.ruleset(name->text);
    if (ruleset) {
      note.asked_by.push_back(checker_.book.ruleset(*ruleset).name);
    } else if (const Symbol* document = checker_.find(in, *name, Sort::Document)) {
      const CitedDocument& cited = checker_.book.documents[document->index];
      note.asked_by.push_back(cited.title.empty() ? cited.name : cited.title);
    }
  }
  if (decl.not_before && decl.not_before->date) note.not_before = EvidenceNote::Horizon{decl.not_before->date, {}, {}};
  if (decl.type.kind == TypeKind::Event && decl.not_before) {
    checker_.report(DiagnosticKind::ClauseMisfit, decl.not_before->span,
                    fmt::format("`{}` is an event, by which nothing is judged too early", decl.name.text),
                    "say it of the evidence that shows what came of it");
  }
}

void EvidenceDeclarer::operator()(ast::DeclId id, const ast::EvidenceDecl& decl, RulesetId in) {
  const auto kind = checker_.find_kind(in, decl.kind);
  const TypeId type_id = checker_.declared_type(in, decl.type);
  EvidenceNote note{.measures = decl.measures,
                    .sector = decl.sector,
                    .judgement_of = decl.judgement_of,
                    .informed_by = decl.informed_by};
  note.purpose = decl.purpose;
  note.grounds = checker_.grounds(in, decl.grounds);
  FieldDef field{.title = title_or_name(decl.title, decl.name)};
  take_theme_and_sources(decl, in, field, note);
  take_code(decl, in, field);
  if (!kind || type_id == kErrorType) {
    checker_.declare(in, decl.name, {.sort = Sort::Broken});
    return;
  }
  field.kind = *kind;
  field.type = checker_.book.type(type_id);
  if (clauses_fit(decl, field.type)) {
    field.every = decl.every;
    field.due_within = decl.due_within;
    if (decl.direction != 0)
      field.direction = decl.direction > 0 ? Direction::HigherIsBetter : Direction::LowerIsBetter;
  }
  take_breaks(decl, in, field, note);
  field.fresh_for = decl.fresh_for;
  field.may_not_apply = decl.may_not_apply;
  if (field.type.kind == TypeKind::Event) {
    field.occurrence = Occurrence::Event;
  } else if (field.every) {
    field.occurrence = Occurrence::Series;
  }
  take_uses(decl, in, note);
  const std::string title = field.title;
  const auto made = add(decl.name, in, std::move(field), std::move(note), false);
  if (!made) return;
  checker_.became[id.index] = made->index;
  if (decl.purpose != ast::Purpose::Improve) return;
  const FieldId release = checker_.add_record(in, decl.name, *kind, FieldRole::Release, title);
  checker_.book.evidence[made->index].release = release;
}

// The recorded stage is evidence under the regime's own name; the name itself is declared with the rules.
void EvidenceDeclarer::operator()(ast::DeclId id, const ast::RegimeDecl& decl, RulesetId in) {
  const auto kind = checker_.find_body_kind(in, decl.kind);
  ValueType type;
  type.kind = TypeKind::Scale;
  type.name = decl.name.text;
  std::map<std::string, Span> seen;
  for (const ast::Stage& stage : decl.stages) {
    const auto [first, is_new] = seen.emplace(stage.name.text, stage.name.span);
    if (!is_new) {
      checker_.report(DiagnosticKind::DeclaredTwice, stage.name.span,
                      fmt::format("`{}` is a stage already", stage.name.text), "",
                      {{first->second, "the first is here"}});
      continue;
    }
    type.labels.push_back({stage.name.text, title_or_name(stage.title, stage.name)});
  }
  if (!kind || type.labels.empty()) return;
  for (const RulesetId other : checker_.book.ruleset(in).editions) {
    const auto found = stages_.find({other, decl.name.text});
    if (found == stages_.end()) continue;
    const FieldDef& field = checker_.book.schema.field(found->second);
    if (field.kind == *kind && same_type(field.type, type)) {
      checker_.became[id.index] = found->second.index;
    } else {
      checker_.differs(decl.name, {.span = checker_.book.evidence[found->second.index].span},
                       fmt::format("`{}` has other stages, or is of another kind, in another edition", decl.name.text));
    }
    return;
  }
  stages_.emplace(std::pair(in, decl.name.text),
                  FieldId{static_cast<std::uint32_t>(checker_.book.schema.fields().size())});
  checker_.became[id.index] = static_cast<std::uint32_t>(checker_.book.schema.fields().size());
  EvidenceNote note{.ruleset = in, .span = decl.name.span};
  checker_.book.schema.add_field({.name = checker_.qualified(in, decl.name.text),
                                  .kind = *kind,
                                  .type = std::move(type),
                                  .title = title_or_name(decl.title, decl.name),
                                  .is_stage = true});
  checker_.book.evidence.push_back(std::move(note));
}

// What stands for other evidence, counts from it, or names whom it answers to, may be declared before it.
void link_evidence(Checker& checker) {
  checker.for_each<ast::EvidenceDecl>([&](ast::DeclId id, const ast::EvidenceDecl& decl, RulesetId in) {
    if (!checker.became[id.index]) return;
    const FieldId field{*checker.became[id.index]};
    EvidenceNote& note = checker.book.evidence[field.index];
    note.charge = checker.charge(in, decl.charge);
    if (decl.proxy_for) {
      if (const auto* text = std::get_if<ast::Text>(&*decl.proxy_for)) {
        note.proxy_for = text->text;
      } else if (const auto other = checker.find_field(in, std::get<ast::Name>(*decl.proxy_for))) {
        note.proxy_for = checker.book.schema.field(*other).title;
      }
    }
    if (!decl.not_before || decl.not_before->date) return;
    const auto event = checker.find_field(in, decl.not_before->event);
    if (!event) return;
    const FieldDef& def = checker.book.schema.field(*event);
    const bool dated = def.type.kind == TypeKind::Event || def.type.kind == TypeKind::Date;
    if (dated && def.kind == checker.book.schema.field(field).kind) {
      note.not_before = EvidenceNote::Horizon{{}, decl.not_before->after, *event};
      return;
    }
    checker.report(DiagnosticKind::HorizonWithoutDate, decl.not_before->event.span,
                   fmt::format("`{}` gives no date of the same {} to count from", decl.not_before->event.text,
                               checker.book.schema.kind(checker.book.schema.field(field).kind).name),
                   "name an event or a date that is recorded of it");
  });
}

}  // namespace

FieldId Checker::add_record(RulesetId in, const ast::Name& of, KindId kind, FieldRole role, const std::string& title) {
  const bool waiver = role == FieldRole::Waiver;
  const std::string name = qualified(in, of.text) + (waiver ? ".waiver" : ".release");
  if (const auto known = book.schema.find_field(name)) return *known;
  ValueType text;
  text.kind = TypeKind::Text;
  const FieldId id = book.schema.add_field({.name = name,
                                            .kind = kind,
                                            .type = std::move(text),
                                            .title = fmt::format("{} of \"{}\"", waiver ? "Waiver" : "Release", title),
                                            .role = role});
  book.evidence.push_back({.ruleset = in, .span = of.span});
  return id;
}

void declare_evidence(Checker& checker) {
  EvidenceDeclarer declarer(checker);
  const ast::Tree& tree = checker.book.tree;
  for (std::uint32_t i = 0; i < tree.decl_count(); ++i) {
    const ast::DeclId id{i};
    const RulesetId in = checker.ruleset_of(tree.span(id));
    std::visit([&](const auto& decl) { declarer(id, decl, in); }, tree.decl(id));
  }
  link_evidence(checker);
}

}  // namespace assay::checking
