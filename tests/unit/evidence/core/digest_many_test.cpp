// Many at once against one at a time, at every length that ends a block in another way and in every mixture of lengths.
#include "evidence/core/digest_many.h"

#include <catch2/catch.hpp>

using namespace assay;

TEST_CASE("many digests are those of one text after another") {
  std::vector<std::string> texts;
  for (std::size_t length = 0; length < 300; ++length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * 7 + length);
    texts.push_back(std::move(text));
  }
  // Each length beside every other distance of its neighbours.
  for (std::size_t step = 1; step < texts.size(); step += step < 8 ? 1 : 37) {
    for (const std::size_t count : {0U, 1U, 2U, 3U, 4U, 5U, 299U}) {
      std::vector<std::string_view> views;
      for (std::size_t i = 0; i < count; ++i) views.emplace_back(texts[i * step % texts.size()]);
      std::vector<Digest> digests(views.size());
      sha256_each(views, digests);
      for (std::size_t i = 0; i < views.size(); ++i) REQUIRE(digests[i] == sha256(views[i]));
    }
  }
}
