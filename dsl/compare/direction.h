// Which way one term lies from another: of a condition, whether it holds in more cases or fewer; of a number or a
// label, whether it is higher or lower. Only where that is sure for all evidence; else it depends. Internal to
// dsl/compare.
#pragma once

#include <functional>
#include <string>

#include "dsl/compare/term.h"

namespace assay {

enum class Way { Same, More, Less, Depends };
Way flipped(Way way);
// Both at once.
Way joined(Way a, Way b);

// What the names in the terms have become; asked only of names that both have.
struct NamesNow {
  std::function<Way(const std::string&)> rule, parameter;
  std::function<bool(const std::string&)> same_field;
  // On either side: may it turn out not to apply?
  std::function<bool(const std::string&)> may_not_apply;
  // The values of a parameter that the whole time has one.
  std::function<std::optional<Decimal>(const std::string&, bool now)> constant;
};

Way way_between(const Term& was, const Term& now, const NamesNow& names);

// Of comparisons of one thing with numbers that stand in the text: tried at each number, beside it and between. Nothing
// where it is compared with anything else.
std::optional<Way> way_of_comparisons(const Term& was, const Term& now);

}  // namespace assay
