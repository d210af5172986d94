// A log as C2SP tlog-tiles lays it out: names and bytes of its files, for anyone's program to fetch and check
// (docs/formats/checkpoint.md).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/core/digest.h"
#include "evidence/core/result.h"

namespace assay {

struct TileFile {
  std::string path;  // tile/0/000.p/7, tile/entries/000.p/7
  std::string bytes;
};
// Of all entries, in order. BadInput where one is longer than the 65,535 bytes that the layout allows.
Result<std::vector<TileFile>> tiles_of(std::span<const std::string> entries);

}  // namespace assay
