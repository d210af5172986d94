// Finding what a name stands for, and what is said where it stands for nothing, or for something else.
#include <fmt/format.h>

#include "dsl/check/checker.h"
#include "dsl/syntax/foreign_words.h"
#include "dsl/syntax/tokens.h"
#include "evidence/core/text.h"

namespace assay::checking {

std::string_view noun(Sort sort) {
  switch (sort) {
    case Sort::Kind:
      return "a kind";
    case Sort::Plural:
      return "the plural of a kind";
    case Sort::Relation:
      return "a relation";
    case Sort::Scale:
      return "a scale";
    case Sort::Theme:
      return "a theme";
    case Sort::Document:
      return "a source";
    case Sort::Field:
      return "evidence";
    case Sort::Parameter:
      return "a parameter";
    case Sort::Method:
      return "a method";
    case Sort::Rule:
      return "a rule";
    case Sort::Broken:
      return "a name";
  }
  return "";
}

std::string Checker::did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  if (!may_be_meant()) return {};
  ++meant;
  const auto near = near_name(name, candidates);
  return near && *near != name ? fmt::format("did you mean `{}`?", *near) : "";
}

// For `max(...)` and other functions that people know.
static std::string_view words_for_call(const Sources& sources, const ast::Name& name) {
  const std::string_view text = sources.file(name.span.file).text();
  const std::size_t next = syntax::skip_blanks(text, name.span.end);
  return next < text.size() && text[next] == '(' ? syntax::said_in_words(name.text) : std::string_view();
}

void Checker::unknown(const ast::Name& name, const Lookup& lookup, RulesetId from,
                      const std::vector<std::string>& also) {
  if (lookup.problem == Lookup::Problem::NotUsed) {
    report(DiagnosticKind::NotUsed, name.span,
           fmt::format("`{}` is a name of `{}`, which is not used here", name.text, lookup.rulesets[0]),
           fmt::format("add `use {}`", lookup.rulesets[0]));
    return;
  }
  if (lookup.problem == Lookup::Problem::Ambiguous) {
    report(DiagnosticKind::AmbiguousName, name.span,
           fmt::format("`{}` is declared by {}", name.text, join_words(lookup.rulesets)),
           fmt::format("say which, as in `{}.{}`", lookup.rulesets[0], name.text));
    return;
  }
  if (names.incomplete(from)) return;
  std::string help;
  if (const std::string_view words = words_for_call(book.sources, name); !words.empty()) {
    help = fmt::format("the language says it in words: write `{}`", words);
  } else if (const auto full = names.elsewhere(from, name.text)) {
    help = fmt::format("write `{}`", *full);
  } else if (may_be_meant()) {
    std::vector<std::string> candidates = also;
    for (std::string& visible : names.visible(from)) candidates.push_back(std::move(visible));
    help = did_you_mean(name.text, candidates);
    const std::size_t dot = name.text.rfind('.');
    if (help.empty() && dot != std::string::npos && !names.ruleset(name.text.substr(0, dot)))
      help = fmt::format("say first which ruleset it is of: `use {}`", name.text.substr(0, dot));
    else if (help.empty() && names.uses(from).empty())
      help = "nothing in this ruleset declares it, and it names no other with `use`";
  }
  report(DiagnosticKind::UnknownName, name.span, fmt::format("`{}` is not known here", name.text), std::move(help));
}

const Symbol* Checker::find(RulesetId from, const ast::Name& name) {
  if (name.text.empty()) return nullptr;  // its clause is missing, and has been spoken of
  const Lookup lookup = names.find(from, name.text);
  if (lookup.problem == Lookup::Problem::None) return lookup.symbol->sort == Sort::Broken ? nullptr : lookup.symbol;
  unknown(name, lookup, from);
  return nullptr;
}

const Symbol* Checker::find(RulesetId from, const ast::Name& name, Sort wanted) {
  const Symbol* symbol = find(from, name);
  if (symbol == nullptr || symbol->sort == wanted) return symbol;
  report(DiagnosticKind::OtherSort, name.span,
         fmt::format("`{}` is {}, not {}", name.text, noun(symbol->sort), noun(wanted)), "",
         {{symbol->span, "declared here"}});
  return nullptr;
}

std::optional<KindId> Checker::find_kind(RulesetId from, const ast::Name& name) {
  const Symbol* symbol = find(from, name);
  if (symbol == nullptr) return std::nullopt;
  if (symbol->sort == Sort::Kind || symbol->sort == Sort::Relation) return KindId{symbol->index};
  std::string help;
  if (symbol->sort == Sort::Plural) help = fmt::format("write `{}`", book.schema.kind(KindId{symbol->index}).name);
  report(DiagnosticKind::OtherSort, name.span, fmt::format("`{}` is {}, not a kind", name.text, noun(symbol->sort)),
         std::move(help));
  return std::nullopt;
}

std::optional<KindId> Checker::find_body_kind(RulesetId from, const ast::Name& name) {
  const auto kind = find_kind(from, name);
  if (!kind || !book.schema.kind(*kind).relation) return kind;
  report(DiagnosticKind::OtherSort, name.span, fmt::format("`{}` is a relation, not a kind", name.text),
         "a rule is of a kind; what follows along a relation is an interaction");
  return std::nullopt;
}

std::optional<FieldId> Checker::find_field(RulesetId from, const ast::Name& name) {
  const Symbol* symbol = find(from, name);
  if (symbol == nullptr) return std::nullopt;
  if (symbol->sort == Sort::Field) return FieldId{symbol->index};
  if (symbol->sort == Sort::Rule) {
    for (const Regime& regime : book.regimes) {
      if (regime.stage_rule.index == symbol->index) return regime.field;
    }
  }
  report(DiagnosticKind::OtherSort, name.span, fmt::format("`{}` is {}, not evidence", name.text, noun(symbol->sort)),
         "", {{symbol->span, "declared here"}});
  return std::nullopt;
}

std::optional<Label> Checker::find_label(const ValueType& type, const ast::Name& name) {
  if (name.text.empty()) return std::nullopt;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    if (type.labels[i].name == name.text) return Label{static_cast<std::uint16_t>(i)};
    labels.push_back(type.labels[i].name);
  }
  std::string help = did_you_mean(name.text, labels);
  constexpr std::size_t kListedMax = 8;
  if (help.empty() && labels.size() <= kListedMax) help = fmt::format("it takes {}", join_words(labels, "or"));
  report(DiagnosticKind::UnknownLabel, name.span,
         fmt::format("`{}` is no value of {}", name.text, type.name.empty() ? "this choice" : "`" + type.name + "`"),
         std::move(help));
  return std::nullopt;
}

}  // namespace assay::checking
