// A JSON object of a general library costs twenty times as much, and a call for each of a dozen short pieces three
// times. The test compares it with append_leaf, which takes the plain way.
#include "evidence/store/leaf_maker.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "evidence/core/canonical_json.h"
#include "evidence/core/check.h"
#include "evidence/core/imprecise_date.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/salt.h"

namespace assay {
namespace {

constexpr std::size_t kFewDates = 8, kMostDates = 1024;  // those are of nearly three years next to each other
constexpr std::size_t kStep = 32;                        // bytes copied at once, however many are wanted

// Puts pieces one after another. What is copied too far is written over by the next.
class Joined {
 public:
  explicit Joined(char* at) : begin_(at), at_(at) {}
  // `text` can be read to the end of its last step.
  void piece(const std::string& text, std::size_t size) {
    for (std::size_t i = 0; i < size; i += kStep) std::memcpy(at_ + i, text.data() + i, kStep);
    at_ += size;
  }
  template <std::size_t kMost>
  void part(const std::array<char, kMost>& text, std::size_t size) {
    std::memcpy(at_, text.data(), kMost);
    at_ += size;
  }
  template <std::size_t kSize>
  void word(const char (&word)[kSize]) {
    std::memcpy(at_, word, kSize - 1);
    at_ += kSize - 1;
  }
  void text(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void number(std::int64_t number) { at_ = std::to_chars(at_, at_ + 20, number).ptr; }
  std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  char* begin_;
  char* at_;
};

std::string plain_date(std::int32_t stored) {
  const auto date = ImpreciseDate::from_stored(stored);
  CHECK(date.has_value());
  return date->to_string();
}

}  // namespace

LeafMaker::LeafMaker(const Catalogue& catalogue) : catalogue_(&catalogue), dates_(kFewDates) {}

// `key` comes with its comma, quotes and colon; what is empty is left out.
void LeafMaker::Piece::set(std::string_view key, std::string_view value) {
  text.clear();
  if (!value.empty()) append_json_text(text.append(key), value);
  size = text.size();
  text.append(kStep, ' ');
}

const LeafMaker::Piece& LeafMaker::known_name(ByNumber& pieces, std::uint32_t number, std::string_view key,
                                              std::string_view name) const {
  if (number >= pieces.size()) pieces.resize(number + 1);
  Piece& piece = pieces[number];
  if (piece.text.empty()) piece.set(key, name);
  return piece;
}

const LeafMaker::Day& LeafMaker::date(std::int32_t stored) {
  Day& known = dates_[static_cast<std::uint32_t>(stored) % dates_.size()];
  if (known.stored == stored && known.size != 0) return known;
  if (known.size != 0 && dates_.size() < kMostDates) {
    dates_.assign(kMostDates, Day());
    return date(stored);
  }
  const std::string text = plain_date(stored);
  CHECK(text.size() <= known.text.size());
  known.stored = stored;
  known.size = static_cast<std::uint8_t>(text.size());
  std::copy(text.begin(), text.end(), known.text.begin());
  return known;
}

const LeafMaker::Piece& LeafMaker::document(const StoredRow& row, const std::string_view& file) {
  const std::string_view name = row.document == 0 ? file : catalogue_->documents()[row.document];
  if (document_.of != name || document_.text.empty()) {
    document_.of = name;
    document_.set(",\"document\":", name);
  }
  return document_;
}

const LeafMaker::Piece& LeafMaker::place(std::string_view stands) {
  if (place_.of != stands) {
    place_.of = stands;
    place_.set(",\"place\":", stands);
  }
  return place_;
}

const LeafMaker::Piece& LeafMaker::subject(std::uint32_t number) {
  if (subject_.number != number) {
    const Catalogue::SubjectEntry& subject = catalogue_->subjects()[number];
    subject_.number = number;
    plain_.assign(subject.kind).append(1, ':').append(subject.code);
    subject_.set(",\"subject\":", plain_);
  }
  return subject_;
}

std::string_view LeafMaker::plain_value(const StoredRow& row, const Digest* text) {
  const Catalogue::FieldEntry& field = catalogue_->fields()[row.field];
  if (row.form == StoredRow::Form::Decimal) return row.decimal;
  if (field.storage == Storage::YesNo) return row.number != 0 ? "yes" : "no";
  plain_.clear();
  if (field.storage == Storage::Number) {
    append_scaled(plain_, row.number, field.places);
  } else if (field.storage == Storage::Date) {  // other dates of the row may take its place
    plain_ = date(static_cast<std::int32_t>(row.number)).shown();
  } else {
    CHECK(field.storage == Storage::Text && text != nullptr);
    plain_ = text->to_string();
  }
  return plain_;
}

const LeafMaker::Piece* LeafMaker::label(const StoredRow& row) {
  if (row.form != StoredRow::Form::Number || catalogue_->fields()[row.field].storage != Storage::Label) return nullptr;
  const auto number = static_cast<std::uint32_t>(row.number);
  return &known_name(labels_, number, ",\"value\":", catalogue_->labels()[number].name);
}

LeafMaker::Parts LeafMaker::parts_of(const StoredRow& row, const Context& context) {
  Parts parts{.document = &document(row, context.file),
              .field = &known_name(fields_, row.field, ",\"field\":", catalogue_->fields()[row.field].name),
              .source = &known_name(sources_, row.source, ",\"source\":", catalogue_->sources()[row.source]),
              .subject = &subject(row.subject),
              .label = label(row),
              .place = row.place.empty() ? nullptr : &place(row.place)};
  if (parts.label == nullptr && row.form != StoredRow::Form::None) parts.value = plain_value(row, context.value);
  constexpr std::size_t kRest = 224;  // keys, numbers, dates, the last step
  const auto size_of = [](const Piece* piece) { return piece != nullptr ? piece->size : 0; };
  parts.most = parts.document->size + parts.field->size + parts.source->size + parts.subject->size +
               size_of(parts.label) + size_of(parts.place) + parts.value.size() + (row.note != 0 ? 96 : 0) +
               2 * context.salt.size() + kRest;
  return parts;
}

void LeafMaker::append(std::string& out, const StoredRow& row, const Context& context) {
  const Parts parts = parts_of(row, context);
  if (made_.size() < parts.most) made_.resize(parts.most);
  Joined leaf(made_.data());
  const auto piece = [&leaf](const Piece& it) { leaf.piece(it.text, it.size); };
  const auto day = [&](std::int32_t stored) {
    const Day& it = date(stored);
    leaf.part(it.text, it.size);
  };
  piece(*parts.document);
  piece(*parts.field);
  if (row.note != 0) {
    CHECK(context.note != nullptr);
    leaf.word(",\"note\":\"");
    leaf.text(context.note->to_string());
    leaf.word("\"");
  }
  if (parts.place != nullptr) {
    piece(*parts.place);
  } else {
    leaf.word(",\"place\":\"row ");
    leaf.number(line_of_row(row.row, context.first_row));
    leaf.word("\"");
  }
  leaf.word(",\"recorded_on\":\"");
  day(row.recorded_on);
  leaf.word("\",\"row\":");
  leaf.number(row.row);
  if (!context.salt.empty()) {
    leaf.word(",\"salt\":\"");
    leaf.text(salt_in_hex(std::string(context.salt)));
    leaf.word("\"");
  }
  piece(*parts.source);
  if (row.standing != Standing::Held) {
    leaf.word(",\"standing\":");
    leaf.number(static_cast<int>(row.standing));
  }
  piece(*parts.subject);
  if (row.supersedes != 0) {
    leaf.word(",\"supersedes\":");
    leaf.number(row.supersedes);
  }
  leaf.word(",\"valid_from\":\"");
  day(row.valid_from);
  if (row.valid_to != TypedRow::kNoDate) {
    leaf.word("\",\"valid_to\":\"");
    day(row.valid_to);
  }
  leaf.word("\"");
  if (parts.label != nullptr) {
    piece(*parts.label);
  } else if (row.form != StoredRow::Form::None) {
    leaf.word(",\"value\":\"");
    leaf.text(parts.value);
    leaf.word("\"");
  }
  leaf.word("}");
  made_.front() = '{';  // where the first key has its comma
  out.append(made_, 0, leaf.size());
}

std::string_view LeafMaker::json(const StoredRow& row, const Context& context) {
  json_.clear();
  append(json_, row, context);
  return json_;
}

Digest LeafMaker::digest(const StoredRow& row, const Context& context) { return merkle_leaf(json(row, context)); }

}  // namespace assay
