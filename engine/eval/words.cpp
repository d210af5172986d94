// Cells in words.
#include "engine/eval/words.h"

#include "evidence/core/text.h"

namespace assay {

std::string range_in_words(const Cell& cell, const ValueType& type) {
  if (!is_ordered(type.kind) || type.kind == TypeKind::YesNo) return "";
  if (cell.low && cell.high) return fmt::format("{} to {}", to_words(*cell.low, type), to_words(*cell.high, type));
  if (cell.low) return "at least " + to_words(*cell.low, type);
  if (cell.high) return "at most " + to_words(*cell.high, type);
  return "";
}

std::string wanting_title(const Reason& reason, const Schema& schema) {
  if (reason.detail.starts_with(kNoEdition)) return reason.detail;
  const FieldDef& field = schema.field(reason.field);
  return field.title.empty() ? field.name : field.title;
}

std::string reasons_in_words(const Reasons& reasons, const Snapshot& snapshot, std::size_t most) {
  std::vector<std::string> parts;
  for (const Reason& reason : reasons) {
    if (parts.size() == most && reasons.size() > most) {
      parts.push_back(fmt::format("{} more", reasons.size() - most));
      break;
    }
    if (reason.detail.starts_with(kNoEdition)) {
      parts.push_back(reason.detail);
      continue;
    }
    const char* verb = reason.kind == ReasonKind::Conflict ? "is in conflict" : nullptr;
    parts.push_back(fmt::format("{} {}", wanting_title(reason, snapshot.schema()),
                                verb ? std::string(verb) : fmt::format("is {}", to_string(reason.kind))));
  }
  return join_words(parts);
}

std::string in_words(const Cell& cell, const ValueType& type, const Snapshot& snapshot) {
  if (!cell.applies()) return "does not apply";
  if (cell.known()) return to_words(cell.value(), type);
  const std::string range = range_in_words(cell, type), why = reasons_in_words(cell.why, snapshot);
  std::string inside = range;
  if (!range.empty() && !why.empty()) inside += "; ";
  inside += why;
  return inside.empty() ? "not known" : fmt::format("not known ({})", inside);
}

}  // namespace assay
