// What is asked for, by whom, and what it costs where somebody has recorded that: each item once, with all its askers.
// Hours are never worked out from anything but `costs`; an item without it has none. Pure. As JSON:
// docs/formats/burden.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/survey/items.h"

namespace assay {

struct BurdenItem {
  FieldId field;
  std::string kind;                          // of whom: Council
  std::vector<std::string> asked_by;         // those that `asked by` names, else the framework that declares it
  std::vector<std::string> read_by;          // frameworks whose rules rest on it
  std::string costs;                         // as recorded, to collect it once; may be empty
  std::optional<std::int64_t> hours;         // where the cost is in hours
  std::optional<std::int64_t> times_a_year;  // of a series; how often anything else is collected nobody has said
  bool twice() const { return asked_by.size() > 1; }
  // Each time: what is saved where all who ask are answered by one collection.
  std::optional<std::int64_t> hours_saved() const;
};

// Of one who asks: how many items, how many of them others ask for too, for how many somebody recorded a cost, and the
// hours among these, each item collected once.
struct AskerBurden {
  std::string asker;
  std::size_t items = 0, shared = 0, with_cost = 0;
  std::int64_t hours = 0;
};

struct Burden {
  Date as_at;
  std::vector<BurdenItem> items;    // in the order declared
  std::vector<AskerBurden> askers;  // most items first, then by name
};

Burden burden_of(const Rulebook& rulebook, const EditionAsked& asked);
std::string to_json(const Burden& burden, const Rulebook& rulebook);

}  // namespace assay
