// Which way is taken is settled by the processor and by how alike the texts are in length; the bytes are the same.
#include "evidence/core/digest_many.h"

#include <algorithm>

#include "evidence/core/check.h"
#include "evidence/core/digest_lanes.h"

namespace assay {

void sha256_each(std::span<const std::string_view> texts, std::span<Digest> digests) {
  CHECK(texts.size() == digests.size());
  for (std::size_t at = 0; at < texts.size(); at += kSixteen) {
    const std::size_t count = std::min(kSixteen, texts.size() - at);
    const auto some = texts.subspan(at, count);
    const auto out = digests.subspan(at, count);
    if (count == kSixteen && can_hash_by_sixteen() && alike_enough(some.first<kSixteen>())) {
      sha256_by_sixteen(some.first<kSixteen>(), out.first<kSixteen>());
    } else if (can_hash_by_four()) {
      sha256_by_four(some, out);
    } else {
      for (std::size_t i = 0; i < count; ++i) out[i] = sha256(some[i]);
    }
  }
}

}  // namespace assay
