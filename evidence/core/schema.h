// What evidence can be held, of whom, and how it is to be read: the part of a rulebook that evidence needs to know.
// The rules make it (dsl/check); import, store and reading use it. It knows no rule.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/date.h"
#include "evidence/core/id.h"
#include "evidence/core/value.h"

namespace assay {

using KindId = Id<struct KindTag>;
using FieldId = Id<struct FieldTag>;

// A kind of body (council) or, with two ends, a relation: a relation is a kind whose members join two subjects.
struct KindDef {
  std::string name;    // council
  std::string plural;  // councils
  std::string title;   // Council with social services
  bool relation = false;
  KindId from, to;  // of a relation
  // Each kind is a register: a row of this field, holding the name, says that the subject is in being for its period.
  FieldId register_field;
  FieldId alias_field;  // other codes and spellings of a subject
};

enum class Occurrence { State, Series, Event };
enum class Direction { None, HigherIsBetter, LowerIsBetter };

// What is recorded from this day on does not compare with what was recorded for before.
struct SeriesBreak {
  Date from;
  std::string why;
};

// What rows of a field say: evidence of a body; that a flag of it is waived (the value says why, the source whose
// waiver it is, valid_to until when); that evidence of it is released (the value says to whom, the source by whom).
enum class FieldRole { Evidence, Waiver, Release };
// The value of a release that is to anybody.
inline constexpr std::string_view kReleasedToAnyone = "anyone";

struct FieldDef {
  std::string name;  // cqc.local_authority.needs; council.register; the regime's own name for recorded stages
  KindId kind;
  ValueType type;
  std::string title;                // Assessing needs
  std::optional<std::string> code;  // OF0057
  Occurrence occurrence = Occurrence::State;
  std::optional<Step> every;           // of a series
  std::optional<Duration> due_within;  // of a series: after the step's end
  std::optional<Duration> fresh_for;
  Direction direction = Direction::None;
  // Names of the sources that count, in order of precedence; equals share a rank. Empty: all are equal.
  std::vector<std::vector<std::string>> from;
  bool may_not_apply = false;
  std::vector<SeriesBreak> breaks;  // ascending
  bool is_stage = false;            // recorded decisions of a regime
  FieldRole role = FieldRole::Evidence;
};

class Schema {
 public:
  Schema() = default;
  // Adds the kind with its register and alias fields.
  KindId add_kind(KindDef kind);
  FieldId add_field(FieldDef field);

  const KindDef& kind(KindId id) const { return kinds_[id.index]; }
  const FieldDef& field(FieldId id) const { return fields_[id.index]; }
  const std::vector<KindDef>& kinds() const { return kinds_; }
  const std::vector<FieldDef>& fields() const { return fields_; }
  std::optional<KindId> find_kind(std::string_view name) const;
  // By qualified name or published code.
  std::optional<FieldId> find_field(std::string_view name_or_code) const;

 private:
  std::vector<KindDef> kinds_;
  std::vector<FieldDef> fields_;
  // Asked once a row by importers, so not by walking the fields.
  std::map<std::string, FieldId, std::less<>> field_by_name_, field_by_code_;
};

// "council:E06000014" apart; nothing when there is no colon or a part is empty.
struct SubjectName {
  std::string kind, code;
};
std::optional<SubjectName> split_subject(std::string_view text);
// The code of a link between two subjects: "E06000009>QE1".
std::string link_code(std::string_view from_code, std::string_view to_code);

}  // namespace assay
