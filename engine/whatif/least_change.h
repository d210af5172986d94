// What would change an outcome: the least change of evidence of the subject itself that makes it another, found by
// trying one item, then two. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/eval/outcome.h"
#include "engine/whatif/stated.h"

namespace assay {

// What is wanted of the outcome; nothing: of a trigger the other answer, of a rating a better one, else any other.
using Wanted = std::optional<Value>;

struct ItemChanged {
  std::vector<Stated> stated;  // of a series one for each reading, latest first
  std::string field, title, subject_name;
  std::string was, now;
};
struct Way {
  std::vector<ItemChanged> items;
  std::string gives;  // the outcome then, in words
};
struct LeastChange {
  std::string wanted;                  // "raised", "Good or better"
  std::vector<Way> ways;               // least first; all of as many items
  std::size_t tried = 0;               // questions put
  bool cut = false;                    // the bound was reached before every pair was tried
  std::vector<std::string> not_tried;  // evidence that it reads of which no value is tried: dates, texts
};

inline constexpr std::size_t kWaysMax = 5;
inline constexpr std::size_t kTriesMax = 3000;

LeastChange least_change(Evaluation& evaluation, const Outcome& outcome, const Wanted& wanted);

}  // namespace assay
