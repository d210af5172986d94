// What is read ahead and not asked for is let go: a fault in it is for whoever comes by it.
#include "evidence/store/texts_ahead.h"

#include <algorithm>
#include <limits>

#include "evidence/core/digest_many.h"

namespace assay {
namespace {

constexpr std::size_t kAtOnce = 256;
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(),
                       kMost = std::numeric_limits<std::int64_t>::max();
constexpr auto kStretch = static_cast<std::int64_t>(kAtOnce);

// Texts are read in stretches from 1, 257, 513 ..., wherever the first that is wanted stands: so a damaged page is come
// by in one way, and said in the same words, whoever reads.
std::int64_t begin_of_stretch(std::int64_t number) { return (number - 1) / kStretch * kStretch + 1; }
std::int64_t end_of_stretch(std::int64_t from) {
  if (from < 1) return kStretch;
  return from > kMost - kStretch ? kMost : begin_of_stretch(from) + kStretch - 1;
}

}  // namespace

TextsAhead::TextsAhead(const Database& database)
    : walk_(database, "id, observation, salt, content, digest", "text_value", "the texts") {}

void TextsAhead::start(std::int64_t number) {
  // Small batches go on in what was read for the one before.
  if (at_ < texts_.size() && texts_[at_].number == number) return;
  texts_.clear();
  at_ = 0;
  first_ = number;
  from_ = number <= kStretch ? kLeast : begin_of_stretch(number);
  more_ = true;
  fault_.reset();
}

const TextsAhead::Text* TextsAhead::next() {
  if (at_ == texts_.size() && more_) {
    read();
    // What stands before the first of all belongs to it.
    while (first_ != 1 && at_ < texts_.size() && texts_[at_].number < first_) ++at_;
    if (at_ == texts_.size() && more_) return next();
  }
  return at_ == texts_.size() ? nullptr : &texts_[at_++];
}

Result<void> TextsAhead::end() {
  if (fault_ && at_ == texts_.size()) return tl::unexpected(*fault_);
  return {};
}

void TextsAhead::read() {
  texts_.clear();
  bytes_.clear();
  ends_.clear();
  at_ = 0;
  const std::int64_t end = end_of_stretch(from_);
  const auto take_in = [this](WalkedRow& walked) { return take(walked); };
  auto done = walk_.run(from_, end, take_in);
  // A gap in the numbers, or the last text.
  if (done && texts_.empty() && end != kMost) done = walk_.run(end + 1, kMost, take_in);
  more_ = done && !texts_.empty() && texts_.back().number < kMost;
  if (!done) fault_ = done.error();
  if (more_) from_ = std::max(end, texts_.back().number) + 1;
  hash();
}

bool TextsAhead::take(WalkedRow& walked) {
  Text text{.number = walked.integer(0), .row = walked.integer(1)};
  const std::string_view salt = walked.is_null(2) ? std::string_view() : walked.blob(2);
  text.has_content = !walked.is_null(3);
  const std::string_view content = text.has_content ? walked.text(3) : std::string_view();
  text.digest = walked.digest(4);
  if (!walked.sound()) return false;
  // Its length only: where the bytes come to stand is known once all are read.
  if (!walked.is_null(2)) text.salt = std::string_view(bytes_.data(), salt.size());
  bytes_.append(salt).append(content);
  ends_.push_back(bytes_.size());
  texts_.push_back(text);
  return texts_.size() < kAtOnce;
}

void TextsAhead::hash() {
  std::string_view entries[kAtOnce];
  Digest made[kAtOnce];
  std::size_t begin = 0;
  for (std::size_t i = 0; i < texts_.size(); begin = ends_[i], ++i) {
    entries[i] = std::string_view(bytes_).substr(begin, ends_[i] - begin);
    if (texts_[i].salt) texts_[i].salt = entries[i].substr(0, texts_[i].salt->size());
  }
  sha256_each({entries, texts_.size()}, {made, texts_.size()});
  for (std::size_t i = 0; i < texts_.size(); ++i) texts_[i].made = made[i];
}

}  // namespace assay
