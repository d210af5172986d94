// One function object out of several, one for each case of a variant. Private to apps/verifier/derive.
#pragma once

namespace assay::verifier {

template <class... Each>
struct Overloaded : Each... {
  using Each::operator()...;
};
// Not every compiler makes this guide of itself.
template <class... Each>
Overloaded(Each...) -> Overloaded<Each...>;

}  // namespace assay::verifier
