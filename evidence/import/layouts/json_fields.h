// A JSON document as its texts by path: "Organisation.Rels.Rel.0.id". Numbers and yes or no are texts too; what is null
// is not there. A path is the place in messages.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "evidence/core/result.h"

namespace assay {

class JsonFields {
 public:
  static constexpr std::size_t kDeepest = 32;
  static constexpr std::size_t kLimit = 64 << 20;  // bytes of all paths and texts

  // BadInput, without a file's name, for what is no whole JSON or goes past the limits.
  static Result<JsonFields> read(std::string_view document);

  // Empty when there is none.
  std::string_view text(const std::string& path) const;
  // How many members the list at the path has.
  std::size_t count(const std::string& path) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::size_t, std::less<>> lists_;
};

}  // namespace assay
