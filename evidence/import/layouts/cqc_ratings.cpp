// CQC's ratings of services.
#include "evidence/import/layouts/cqc_ratings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::array<std::string_view, 4> kScale = {"outstanding", "good", "requires improvement", "inadequate"};

bool is_on_scale(const FieldDef* field, std::string_view rating) {
  const std::string word = lower_case(rating);
  if (std::find(kScale.begin(), kScale.end(), word) != kScale.end() || field == nullptr) return true;
  const auto& labels = field->type.labels;
  return std::any_of(labels.begin(), labels.end(), [&](const LabelDef& label) {
    return lower_case(label.title) == word || lower_case(label.name) == word;
  });
}

}  // namespace

void add_cqc_rating(TableReading& in, const CqcRating& rating) {
  std::string code = "CQC rating";
  if (rating.service != "Overall") code += fmt::format(" {}", rating.service);
  const std::array codes = {fmt::format("{} {}", code, rating.question)};
  PublishedCell cell{.heading = rating.heading, .value = rating.rating, .valid_from = rating.published};
  cell.document = rating.document;
  cell.row = rating.row;
  if (rating.rating.empty()) {
    set_missing(cell, {});
  } else if (!is_on_scale(find_measure(in.schema(), rating.body.kind, codes), rating.rating)) {
    set_missing(cell, rating.rating);
    if (rating.rating == "Not applicable") cell.standing = Standing::NotApplicable;
  }
  add_measure(in, rating.body, codes, cell);
}

}  // namespace assay
