// Kleene's tables. Not applicable is the neutral element of both `and` and `or` (docs/language.md 4.2).
#include "evidence/core/truth.h"

namespace assay {
namespace {

// One value decides whatever the other side is; otherwise an unknown side leaves the answer unknown.
Truth join(Truth a, Truth b, Truth deciding, Truth otherwise) {
  if (a == Truth::NotApplicable) return b;
  if (b == Truth::NotApplicable) return a;
  if (a == deciding || b == deciding) return deciding;
  if (a == Truth::Unknown || b == Truth::Unknown) return Truth::Unknown;
  return otherwise;
}

}  // namespace

Truth both(Truth a, Truth b) { return join(a, b, Truth::No, Truth::Yes); }

Truth either(Truth a, Truth b) { return join(a, b, Truth::Yes, Truth::No); }

Truth opposite(Truth a) {
  switch (a) {
    case Truth::No:
      return Truth::Yes;
    case Truth::Yes:
      return Truth::No;
    case Truth::Unknown:
    case Truth::NotApplicable:
      break;
  }
  return a;
}

const char* to_string(Truth truth) {
  switch (truth) {
    case Truth::No:
      return "no";
    case Truth::Yes:
      return "yes";
    case Truth::Unknown:
      return "unknown";
    case Truth::NotApplicable:
      return "not applicable";
  }
  return "";
}

}  // namespace assay
