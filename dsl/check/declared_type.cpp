// Types and grounds as declarations write them.
#include <fmt/format.h>

#include "dsl/check/checker.h"

namespace assay::checking {
namespace {

// One end of a stated range: a literal of the type's own unit.
std::optional<Decimal> range_end(Checker& checker, TypeKind kind, ast::ExprId end) {
  const auto* literal = std::get_if<ast::Literal>(&checker.book.tree.expr(end));
  if (literal == nullptr) return std::nullopt;  // did not parse
  const Span span = checker.book.tree.span(end);
  const bool same = literal->kind == kind || (is_plain_number(literal->kind) && is_plain_number(kind));
  const auto* number = std::get_if<Decimal>(&literal->value);
  if (same && number != nullptr) {
    if (!is_whole_number(kind) || number->is_whole()) return *number;
    checker.report(DiagnosticKind::MayHaveDecimals, span, fmt::format("{} is not a whole number", checker.quote(span)));
    return std::nullopt;
  }
  ValueType wanted, found;
  wanted.kind = kind;
  found.kind = literal->kind;
  const std::string question =
      is_plain_number(literal->kind) ? unit_question(kind, checker.book.sources.words(span)) : "";
  if (!question.empty()) {
    checker.report(DiagnosticKind::BareNumber, span, question);
  } else {
    checker.report(DiagnosticKind::WrongType, span,
                   fmt::format("{} is {}, the type is {}", checker.quote(span), say(found), say(wanted)));
  }
  return std::nullopt;
}

bool take_range(Checker& checker, const ast::TypeExpr& written, ValueType& type) {
  if (!written.low && !written.high) {
    if (type.kind != TypeKind::Score) return true;
    checker.report(DiagnosticKind::WrongRange, written.span, "a score without its range", "write `score 1 to 4`");
    return false;
  }
  if (!is_numeric(type.kind)) {
    checker.report(DiagnosticKind::WrongRange, written.span, fmt::format("{} has no range", say(type)));
    return false;
  }
  if (written.low) type.low = range_end(checker, type.kind, *written.low);
  if (written.high) type.high = range_end(checker, type.kind, *written.high);
  if ((written.low && !type.low) || (written.high && !type.high)) return false;
  if (type.low && type.high && type.high->compare(*type.low) == std::strong_ordering::less) {
    checker.report(DiagnosticKind::WrongRange, written.span,
                   fmt::format("the range of {} ends before it starts", checker.quote(written.span)));
    return false;
  }
  return true;
}

bool take_choices(Checker& checker, const ast::TypeExpr& written, ValueType& type) {
  std::map<std::string, Span> seen;
  bool all_new = true;
  for (const ast::Name& choice : written.choices) {
    const auto [first, is_new] = seen.emplace(choice.text, choice.span);
    if (!is_new) {
      all_new = false;
      checker.report(DiagnosticKind::DeclaredTwice, choice.span,
                     fmt::format("`{}` stands twice in this choice", choice.text), "",
                     {{first->second, "the first is here"}});
    }
    type.labels.push_back({choice.text, title_from_name(choice.text)});
  }
  return all_new;
}

}  // namespace

TypeId Checker::declared_type(RulesetId from, const ast::TypeExpr& written) {
  if (written.scale) {
    const Symbol* symbol = find(from, *written.scale, Sort::Scale);
    return symbol == nullptr ? kErrorType : TypeId{symbol->index};
  }
  if (!written.kind) return kErrorType;  // did not parse
  ValueType type;
  type.kind = *written.kind;
  if (type.kind == TypeKind::Choice) {
    if (!take_choices(*this, written, type)) return kErrorType;
  } else if (!take_range(*this, written, type)) {
    return kErrorType;
  }
  return intern(book, type);
}

Grounds Checker::grounds(RulesetId from, const ast::Grounds& written) {
  Grounds made;
  if (written.basis) {
    made.basis = written.basis->kind;
    made.remark = written.basis->remark;
  }
  if (written.basis && is_local(from) && written.basis->kind != ast::BasisKind::Local) {
    report(DiagnosticKind::LocalBasis, written.basis->span,
           fmt::format("what a local overlay says is local, not {}", to_string(written.basis->kind)),
           "leave the basis out, or say `basis local`");
  }
  for (const ast::Citation& cite : written.cites) {
    const Symbol* document = find(from, cite.source, Sort::Document);
    if (document != nullptr) made.cites.push_back({CitedId{document->index}, cite.place});
  }
  // A citation that could not be found has been spoken of; it is not missing too.
  if (written.basis && written.basis->kind == ast::BasisKind::Published && written.cites.empty()) {
    report(DiagnosticKind::PublishedUncited, written.basis->span, "published, but nothing is cited",
           "add `cite SOURCE section \"...\"`, or say `basis proposed`");
  }
  return made;
}

}  // namespace assay::checking
