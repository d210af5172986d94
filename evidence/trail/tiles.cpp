// 256 hashes to a tile; a full one is one hash of the level above.
#include "evidence/trail/tiles.h"

#include <fmt/format.h>

#include "evidence/trail/merkle.h"

namespace assay {
namespace {

constexpr std::size_t kWidth = 256, kEntryMax = 65535;

// 1234067 is x001/x234/067.
std::string place(std::size_t number) {
  std::string out = fmt::format("{:03}", number % 1000);
  for (number /= 1000; number > 0; number /= 1000) out = fmt::format("x{:03}/{}", number % 1000, out);
  return out;
}

std::string path(std::string_view level, std::size_t number, std::size_t width) {
  return fmt::format("tile/{}/{}{}", level, place(number), width == kWidth ? "" : fmt::format(".p/{}", width));
}

}  // namespace

Result<std::vector<TileFile>> tiles_of(std::span<const std::string> entries) {
  std::vector<TileFile> files;
  std::vector<Digest> hashes;
  for (std::size_t at = 0; at < entries.size(); at += kWidth) {
    const std::size_t width = std::min(kWidth, entries.size() - at);
    TileFile bundle{path("entries", at / kWidth, width), {}};
    for (const std::string& entry : entries.subspan(at, width)) {
      if (entry.size() > kEntryMax)
        return fail(ErrorCode::BadInput, fmt::format("entry {} has {} bytes, and the layout allows {}", hashes.size(),
                                                     entry.size(), kEntryMax));
      bundle.bytes += static_cast<char>(entry.size() >> 8);
      bundle.bytes += static_cast<char>(entry.size() & 0xff);
      bundle.bytes += entry;
      hashes.push_back(merkle_leaf(entry));
    }
    files.push_back(std::move(bundle));
  }
  for (int level = 0; !hashes.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t at = 0; at < hashes.size(); at += kWidth) {
      const auto tile = std::span(hashes).subspan(at, std::min(kWidth, hashes.size() - at));
      TileFile file{path(fmt::format("{}", level), at / kWidth, tile.size()), {}};
      for (const Digest& hash : tile) file.bytes.append(hash.bytes.begin(), hash.bytes.end());
      files.push_back(std::move(file));
      if (tile.size() == kWidth) above.push_back(merkle_root(tile));
    }
    hashes = std::move(above);
  }
  return files;
}

}  // namespace assay
