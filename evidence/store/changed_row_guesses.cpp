// Near days first: a small node has all since 1990, a full one those of some years about the date and the same day of
// other years.
#include "evidence/store/changed_row_guesses.h"

#include <algorithm>

namespace assay {
namespace {

constexpr std::int32_t kFirstDay = 7305;        // 1 January 1990
constexpr std::size_t kDays = 300'000;          // guesses at one of the three dates, over all rows: a part of a second
constexpr std::size_t kSubjects = 50'000;       // likewise at the body
constexpr std::int32_t kBeyond = 3653;          // days after the import that may be spoken of
constexpr std::int64_t kNumbersMost = 1000;     // of a field that holds numbers
constexpr std::int64_t kTenthsMost = 10 * 100;  // of a percentage, likely

template <class T>
void sort_unique(std::vector<T>& of) {
  std::sort(of.begin(), of.end());
  of.erase(std::unique(of.begin(), of.end()), of.end());
}

}  // namespace

RowGuesses::RowGuesses(const Catalogue& catalogue, const BatchRow& batch, const NodeRows& rows)
    : catalogue_(catalogue), rows_(std::max(rows.size(), std::size_t{1})) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const StoredRow& row = rows[i].row;
    imported_ = std::max(imported_, row.recorded_on);
    dates_.insert(dates_.end(), {row.recorded_on, row.valid_from});
    if (row.valid_to != TypedRow::kNoDate) dates_.push_back(row.valid_to);
    subjects_.push_back(row.subject);
  }
  if (const auto day = Date::parse(std::string_view(batch.batch.imported_at).substr(0, 10))) imported_ = day->days;
  sort_unique(dates_);
  sort_unique(subjects_);
}

std::span<const RowGuesses::Part> RowGuesses::parts() {
  static constexpr Part kParts[] = {{&RowGuesses::values, &RowGuesses::values_in_words},
                                    {&RowGuesses::recorded_on, &RowGuesses::recorded_in_words},
                                    {&RowGuesses::valid_from, &RowGuesses::from_in_words},
                                    {&RowGuesses::valid_to, &RowGuesses::to_in_words},
                                    {&RowGuesses::subjects, &RowGuesses::subjects_in_words}};
  return kParts;
}

std::vector<std::int32_t> RowGuesses::days_near(std::int32_t stored) const {
  const auto now = stored == TypedRow::kNoDate ? std::nullopt : ImpreciseDate::from_stored(stored);
  const std::int32_t middle = now && now->first.days >= kFirstDay ? now->first.days : imported_;
  std::vector<std::int32_t> days = dates_;
  const auto [year, month, day] = Date{middle}.ymd();
  for (int other = 1990; other <= 2100; ++other)
    if (const auto same = Date::from_ymd(other, month, day)) days.push_back(same->days);
  const std::int32_t last = std::max(imported_, middle) + kBeyond;
  for (std::int32_t away = 1; days.size() < kDays / rows_; ++away) {
    if (middle - away < kFirstDay && middle + away > last) break;
    if (middle - away >= kFirstDay) days.push_back(middle - away);
    if (middle + away <= last) days.push_back(middle + away);
  }
  return days;
}

std::vector<StoredRow> RowGuesses::with_date(const StoredRow& now, std::int32_t StoredRow::*date) const {
  std::vector<StoredRow> guesses;
  for (const std::int32_t day : days_near(now.*date)) {
    guesses.push_back(now);
    guesses.back().*date = day;
  }
  return guesses;
}

std::vector<StoredRow> RowGuesses::recorded_on(const StoredRow& now) const {
  auto guesses = with_date(now, &StoredRow::recorded_on);
  // It is always a day.
  std::erase_if(guesses, [](const StoredRow& row) {
    const auto date = ImpreciseDate::from_stored(row.recorded_on);
    return !date || !date->exact();
  });
  return guesses;
}

std::vector<StoredRow> RowGuesses::valid_from(const StoredRow& now) const {
  return with_date(now, &StoredRow::valid_from);
}

std::vector<StoredRow> RowGuesses::valid_to(const StoredRow& now) const {
  auto guesses = with_date(now, &StoredRow::valid_to);
  guesses.push_back(now);
  guesses.back().valid_to = TypedRow::kNoDate;
  return guesses;
}

std::vector<StoredRow> RowGuesses::subjects(const StoredRow& now) const {
  std::vector<StoredRow> guesses;
  const auto guess = [&](std::uint32_t subject) {
    guesses.push_back(now);
    guesses.back().subject = subject;
  };
  for (const std::uint32_t subject : subjects_) guess(subject);
  // Bodies that came into the store together are likely of one list.
  const auto known = static_cast<std::uint32_t>(catalogue_.subjects().size());
  const std::uint32_t most = std::min(known, static_cast<std::uint32_t>(kSubjects / rows_));
  for (std::uint32_t away = 1; away <= most; ++away) {
    if (away < now.subject) guess(now.subject - away);
    if (now.subject + away < known) guess(now.subject + away);
  }
  return guesses;
}

// Those that the field's way of keeping lets one try.
std::vector<std::int64_t> RowGuesses::numbers(const StoredRow& now) const {
  const Catalogue::FieldEntry& field = catalogue_.fields()[now.field];
  std::vector<std::int64_t> numbers;
  switch (field.storage) {
    case Storage::YesNo:
      return {0, 1};
    case Storage::Label:
      for (std::size_t i = 1; i < catalogue_.labels().size(); ++i)
        if (catalogue_.labels()[i].field == now.field) numbers.push_back(static_cast<std::int64_t>(i));
      return numbers;
    case Storage::Date:
      for (const std::int32_t day :
           days_near(now.form == StoredRow::Form::Number ? static_cast<std::int32_t>(now.number) : TypedRow::kNoDate))
        numbers.push_back(day);
      return numbers;
    case Storage::Number: {
      std::int64_t one = 1;
      for (int i = 0; i < field.places && i < 18; ++i) one *= 10;
      for (std::int64_t i = 0; i <= kNumbersMost && one <= 1'000'000; ++i) numbers.push_back(i * one);
      for (std::int64_t i = 0; i <= kTenthsMost && one >= 10 && one <= 1'000'000; ++i) numbers.push_back(i * one / 10);
      return numbers;
    }
    case Storage::Text:
      break;
  }
  return {};
}

std::vector<StoredRow> RowGuesses::values(const StoredRow& now) const {
  std::vector<StoredRow> guesses;
  if (catalogue_.fields()[now.field].storage == Storage::Text) return guesses;
  StoredRow guess = now;
  guess.decimal = {};
  guess.form = StoredRow::Form::Number;
  if (!holds_value(now.standing)) guess.standing = Standing::Held;
  for (const std::int64_t number : numbers(now)) {
    guesses.push_back(guess);
    guesses.back().number = number;
  }
  guess.form = StoredRow::Form::None;
  for (int standing = 1; standing <= static_cast<int>(Standing::Ended); ++standing) {
    guess.standing = static_cast<Standing>(standing);
    guesses.push_back(guess);
  }
  return guesses;
}

}  // namespace assay
