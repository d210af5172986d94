// The trail entry of a redaction, and all of them as an index: what is gone and what stands for it. Private to
// evidence/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/store/database.h"
#include "evidence/store/redaction.h"

namespace assay {

// Canonical JSON.
std::string redaction_body(const Redaction& redaction);
// Nothing when the body is of another sort of entry, or not exactly as redaction_body writes it.
std::optional<Redaction> read_redaction(std::string_view body);

class Redactions {
 public:
  static Result<Redactions> load(const Database& database);

  struct Row {
    RowParts gone;
    Digest leaf, left;
    std::size_t by = 0, by_value = 0;  // the last act, and that which took the value, in all()
  };
  struct Derived {
    Digest digest, left;
  };
  const Row* row(std::int64_t number) const { return find(rows_, number); }
  const Derived* outcome(std::int64_t number) const { return find(outcomes_, number); }
  const Derived* explanation(std::int64_t number) const { return find(explanations_, number); }
  const std::vector<Redaction>& all() const { return all_; }
  std::string words(const Row& row) const { return in_words(all_[row.by]); }
  // Of the value; later acts change nothing of it.
  std::string words_of_value(const Row& row) const { return in_words(all_[row.by_value]); }

 private:
  template <class T>
  static const T* find(const std::unordered_map<std::int64_t, T>& of, std::int64_t number) {
    if (of.empty()) return nullptr;  // asked of every row
    const auto found = of.find(number);
    return found == of.end() ? nullptr : &found->second;
  }
  void add(Redaction redaction);

  std::vector<Redaction> all_;
  std::unordered_map<std::int64_t, Row> rows_;
  std::unordered_map<std::int64_t, Derived> outcomes_, explanations_;
};

}  // namespace assay
