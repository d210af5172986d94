// Many at once against one at a time, at every length that ends a block in another way and in every mixture of lengths;
// each way that this processor has by itself too.
#include "evidence/core/digest_many.h"

#include <catch2/catch.hpp>
#include <functional>

#include "evidence/core/digest_lanes.h"

using namespace assay;

namespace {

using Way = std::function<void(std::span<const std::string_view>, std::span<Digest>)>;

std::vector<std::string> of_every_length() {
  std::vector<std::string> texts;
  for (std::size_t length = 0; length < 300; ++length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * 7 + length);
    texts.push_back(std::move(text));
  }
  return texts;
}

// Each length beside every other distance of its neighbours.
void expect_same(const Way& way, std::initializer_list<std::size_t> counts) {
  const std::vector<std::string> texts = of_every_length();
  for (std::size_t step = 0; step < texts.size(); step += step < 8 ? 1 : 37) {
    for (const std::size_t count : counts) {
      std::vector<std::string_view> views;
      for (std::size_t i = 0; i < count; ++i) views.emplace_back(texts[(i * step + step * 31 + 55) % texts.size()]);
      std::vector<Digest> digests(views.size());
      way(views, digests);
      for (std::size_t i = 0; i < views.size(); ++i) REQUIRE(digests[i] == sha256(views[i]));
    }
  }
}

}  // namespace

TEST_CASE("many digests are those of one text after another") {
  expect_same(sha256_each, {0, 1, 2, 3, 4, 5, 15, 16, 17, 33, 299});
}

TEST_CASE("digests four by four are those of one text after another") {
  if (can_hash_by_four()) expect_same(sha256_by_four, {0, 1, 2, 3, 4, 5, 299});
}

TEST_CASE("digests of sixteen are those of one text after another, alike in length or not") {
  if (!can_hash_by_sixteen()) return;
  const auto sixteen = [](std::span<const std::string_view> texts, std::span<Digest> digests) {
    sha256_by_sixteen(texts.first<kSixteen>(), digests.first<kSixteen>());
  };
  expect_same(sixteen, {16});
}

TEST_CASE("texts are alike enough in length where no more than half of the turns are empty") {
  const std::string short_text(55, 'a'), longer(56, 'a'), long_text(200, 'a');  // of 1, 2 and 4 blocks
  std::array<std::string_view, kSixteen> texts;
  texts.fill(short_text);
  CHECK(alike_enough(texts));
  texts[3] = longer;
  CHECK(alike_enough(texts));
  texts[3] = long_text;
  CHECK_FALSE(alike_enough(texts));
  texts.fill(longer);
  texts[15] = long_text;
  CHECK(alike_enough(texts));
}
