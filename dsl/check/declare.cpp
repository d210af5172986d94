// One name, one thing: what is declared twice, hides another, or differs from it only in case.
#include <fmt/format.h>

#include "dsl/check/checker.h"
#include "evidence/core/text.h"

namespace assay::checking {

void Checker::report(DiagnosticKind kind, Span span, std::string message, std::string help, std::vector<Note> labels) {
  // What is wrong in the formula of a method is wrong for what one call gave it.
  if (!calls.empty()) {
    const Span call = calls.front();
    const bool inside = span.file == call.file && call.begin <= span.begin && span.end <= call.end;
    if (!inside) labels.push_back({call, fmt::format("put in place for this call")});
  }
  sink.add({kind, span, std::move(message), std::move(labels), std::move(help)});
}

std::string Checker::quote(Span span) const {
  constexpr std::size_t kQuotedMax = 60;
  std::string words = book.sources.words(span);
  if (words.size() > kQuotedMax) {
    std::size_t cut = kQuotedMax;
    while (cut > 0 && (static_cast<unsigned char>(words[cut]) & 0xC0U) == 0x80U) --cut;
    words = words.substr(0, cut) + "...";
  }
  return "`" + words + "`";
}

std::string Checker::qualified(RulesetId ruleset, const std::string& name) const {
  const std::string& start = book.ruleset(ruleset).name;
  return start.empty() ? name : start + "." + name;
}

bool Checker::declare(RulesetId in, const ast::Name& name, Symbol symbol) {
  symbol.span = name.span;
  if (const Symbol* first = names.own(in, name.text); first != nullptr && !first->dropped) {
    report(DiagnosticKind::DeclaredTwice, name.span, fmt::format("`{}` is declared already", name.text),
           "give one of the two another name", {{first->span, "the first is here"}});
    return false;
  }
  if (const auto* other = names.own_in_other_case(in, name.text)) {
    report(DiagnosticKind::DiffersInCase, name.span,
           fmt::format("`{}` differs from `{}` only in case", name.text, other->first),
           "give one of the two another name", {{other->second.span, "the other is here"}});
    return false;
  }
  names.add(in, name.text, symbol);
  return true;
}

const Symbol* Checker::in_other_edition(RulesetId in, const std::string& name, Sort sort) const {
  for (const RulesetId other : book.ruleset(in).editions) {
    const Symbol* symbol = other == in ? nullptr : names.own(other, name);
    if (symbol != nullptr && symbol->sort == sort) return symbol;
  }
  return nullptr;
}

void Checker::differs(const ast::Name& name, const Symbol& other, std::string what) {
  report(DiagnosticKind::EditionsDiffer, name.span, std::move(what),
         "what two editions call by one name is one thing: say the same of it, or give it another name",
         {{other.span, "the other edition says so here"}});
}

void check_hidden_names(Checker& checker) {
  for (std::uint32_t i = 0; i < checker.book.rulesets.size(); ++i) {
    const RulesetId id{i};
    for (const auto& [name, symbol] : checker.names.all_own(id)) {
      for (const RulesetId used : checker.names.uses(id)) {
        const Symbol* hidden = checker.names.own(used, name);
        if (hidden == nullptr || !hidden->vocabulary || hidden->dropped || symbol.dropped) continue;
        checker.report(DiagnosticKind::HidesName, symbol.span,
                       fmt::format("`{}` hides {} of that name in `{}`", name, noun(hidden->sort),
                                   checker.book.ruleset(used).name),
                       "give it another name", {{hidden->span, "declared here"}});
      }
    }
  }
}

}  // namespace assay::checking
