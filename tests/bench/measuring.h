// What the programs that measure have in common: giving up on a fault, and timing a piece of work.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "evidence/core/result.h"

namespace assay {

[[noreturn]] inline void give_up(const Error& error) {
  fmt::print(stderr, "{}\n", to_string(error));
  std::_Exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  if (!result) give_up(result.error());
}

template <class Work>
double seconds_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace assay
