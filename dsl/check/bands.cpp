// Bands of a rating, put in order and held against one another.
#include "dsl/check/bands.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checking {
namespace {

class BandChecker {
 public:
  BandChecker(Checker& checker, const ast::RatingDecl& decl, const ValueType& scale)
      : checker_(checker), decl_(decl), scale_(scale), type_(checker.book.type(decl.from)) {}

  std::vector<RatingRule::Band> check() {
    if (!is_numeric(type_.kind)) {
      const Span span = checker_.book.tree.span(decl_.from);
      checker_.report(DiagnosticKind::OnlyCompares, span,
                      fmt::format("{} is {}, which has no bands", checker_.quote(span), say(type_)));
      return {};
    }
    gather();
    if (!sound_ || bands_.empty()) return bands_;
    std::stable_sort(bands_.begin(), bands_.end(), [](const auto& a, const auto& b) { return starts_before(a, b); });
    ends_reach();
    neighbours_meet();
    return bands_;
  }

 private:
  static bool starts_before(const RatingRule::Band& a, const RatingRule::Band& b) {
    if (!a.low || !b.low) return !a.low && b.low;
    return a.low->compare(*b.low) == std::strong_ordering::less;
  }

  std::string words(Decimal number) const { return to_words(number, type_); }

  // Each label once, each end in the unit of what is rated.
  void gather() {
    std::map<std::string, Span> seen;
    for (const ast::Band& band : decl_.bands) {
      const auto label = checker_.find_label(scale_, band.label);
      const auto [first, is_new] = seen.emplace(band.label.text, band.label.span);
      if (!is_new) {
        checker_.report(DiagnosticKind::BandTwice, band.label.span,
                        fmt::format("`{}` has a band already", band.label.text), "",
                        {{first->second, "the first is here"}});
      }
      const auto low = end(band.low), high = end(band.high);
      const bool whole =
          label && is_new && low.has_value() == band.low.has_value() && high.has_value() == band.high.has_value();
      if (!whole) {
        sound_ = false;
        continue;
      }
      if (low && high && high->compare(*low) == std::strong_ordering::less) {
        sound_ = false;
        checker_.report(DiagnosticKind::WrongRange, band.span,
                        fmt::format("the band of `{}` ends before it starts", band.label.text));
        continue;
      }
      bands_.push_back({*label, low, high, band.span});
    }
  }

  std::optional<Decimal> end(const std::optional<ast::ExprId>& id) {
    if (!id) return std::nullopt;
    const auto* literal = std::get_if<ast::Literal>(&checker_.book.tree.expr(*id));
    if (literal == nullptr) return std::nullopt;  // did not parse
    ValueType found;
    found.kind = literal->kind;
    const auto* number = std::get_if<Decimal>(&literal->value);
    if (meets(type_, found) && number != nullptr) return *number;
    const Span span = checker_.book.tree.span(*id);
    const std::string question =
        is_plain_number(literal->kind) ? unit_question(type_.kind, checker_.book.sources.words(span)) : "";
    if (question.empty()) {
      checker_.report(DiagnosticKind::UnitsDiffer, span,
                      fmt::format("{} is {}, {} is {}", checker_.quote(span), say(found),
                                  checker_.quote(checker_.book.tree.span(decl_.from)), say(type_)));
    } else {
      checker_.report(DiagnosticKind::BareNumber, span, question);
    }
    return std::nullopt;
  }

  void gap(const RatingRule::Band& at, std::string message, std::string help) {
    checker_.report(DiagnosticKind::BandGap, at.span, std::move(message), std::move(help));
  }

  // The first and last band reach as far as the numbers can go.
  void ends_reach() {
    const Extent extent = extent_of(checker_.book, decl_.from);
    const RatingRule::Band& first = bands_.front();
    const RatingRule::Band& last = bands_.back();
    if (first.low && (!extent.low || extent.low->compare(*first.low) == std::strong_ordering::less)) {
      gap(first, fmt::format("no band holds what is below {}", words(*first.low)),
          extent.low ? fmt::format("it can be as low as {}", words(*extent.low))
                     : fmt::format("write `{} or less`", upper_text(first)));
    }
    if (last.high && (!extent.high || extent.high->compare(*last.high) == std::strong_ordering::greater)) {
      gap(last, fmt::format("no band holds what is above {}", words(*last.high)),
          extent.high ? fmt::format("it can be as high as {}", words(*extent.high))
                      : fmt::format("write `{} or more`", last.low ? words(*last.low) : words(*last.high)));
    }
  }
  std::string upper_text(const RatingRule::Band& band) const { return words(band.high ? *band.high : *band.low); }

  // Where the steps of the value are known, one band ends a step before the next begins; else the two touch, and the
  // point where they do is the upper band's.
  void neighbours_meet() {
    const auto grain = grain_of(checker_.book, decl_.from);
    for (std::size_t i = 1; i < bands_.size(); ++i) {
      const RatingRule::Band& lower = bands_[i - 1];
      const RatingRule::Band& upper = bands_[i];
      if (!lower.high || !upper.low) {
        overlap(lower, upper, upper.low ? *upper.low : lower.high.value_or(Decimal()));
        continue;
      }
      const auto expected = grain ? add(*lower.high, *grain) : std::optional(*lower.high);
      if (!expected) continue;
      const auto order = upper.low->compare(*expected);
      if (order == std::strong_ordering::less) {
        overlap(lower, upper, *upper.low);
      } else if (order == std::strong_ordering::greater) {
        const std::string help =
            grain ? fmt::format("let it start at {}", words(*expected))
                  : fmt::format("let it start at {}, or say how the value is rounded", words(*expected));
        gap(upper, fmt::format("no band holds what lies between {} and {}", words(*lower.high), words(*upper.low)),
            help);
      }
    }
  }

  void overlap(const RatingRule::Band& lower, const RatingRule::Band& upper, Decimal at) {
    checker_.report(DiagnosticKind::BandOverlap, upper.span,
                    fmt::format("{} lies in two bands, `{}` and `{}`", words(at), scale_.labels[lower.label.index].name,
                                scale_.labels[upper.label.index].name),
                    "each number belongs to one band", {{lower.span, "the other is here"}});
  }

  Checker& checker_;
  const ast::RatingDecl& decl_;
  const ValueType& scale_;
  const ValueType type_;
  std::vector<RatingRule::Band> bands_;
  bool sound_ = true;
};

}  // namespace

std::vector<RatingRule::Band> checked_bands(Checker& checker, const ast::RatingDecl& decl, const ValueType& scale) {
  return BandChecker(checker, decl, scale).check();
}

}  // namespace assay::checking
