// What a row said and says, of the one part that was changed.
#include <fmt/format.h>

#include "evidence/store/changed_row_guesses.h"

namespace assay {
namespace {

std::string date_in_words(std::int32_t stored) {
  const auto date = ImpreciseDate::from_stored(stored);
  return date ? date->to_long_string() : std::string();
}

}  // namespace

std::string RowGuesses::recorded_in_words(const StoredRow& was, const StoredRow& now) const {
  return fmt::format("it was recorded on {} and now says {}", date_in_words(was.recorded_on),
                     date_in_words(now.recorded_on));
}

std::string RowGuesses::from_in_words(const StoredRow& was, const StoredRow& now) const {
  return fmt::format("it was valid from {} and now says {}", date_in_words(was.valid_from),
                     date_in_words(now.valid_from));
}

std::string RowGuesses::to_in_words(const StoredRow& was, const StoredRow& now) const {
  const auto until = [](std::int32_t date) {
    return date == TypedRow::kNoDate ? std::string("no end") : "an end on " + date_in_words(date);
  };
  return fmt::format("it had {} and now says {}", until(was.valid_to), until(now.valid_to));
}

std::string RowGuesses::value_in_words(const StoredRow& row) const {
  if (row.form == StoredRow::Form::None) return std::string(to_string(row.standing));
  const std::string value = assay::value_in_words(row, catalogue_);
  return row.standing == Standing::Held ? value : fmt::format("{} {}", to_string(row.standing), value);
}

std::string RowGuesses::values_in_words(const StoredRow& was, const StoredRow& now) const {
  return fmt::format("it said {} and now says {}", value_in_words(was), value_in_words(now));
}

std::string RowGuesses::subjects_in_words(const StoredRow& was, const StoredRow& now) const {
  const auto name = [this](std::uint32_t number) {
    const auto& subject = catalogue_.subjects()[number];
    return fmt::format("{}:{}", subject.kind, subject.code);
  };
  return fmt::format("it was of {} and now says {}", name(was.subject), name(now.subject));
}

}  // namespace assay
