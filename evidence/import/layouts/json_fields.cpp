// JSON documents by path.
#include "evidence/import/layouts/json_fields.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>

namespace assay {

namespace {

using Json = nlohmann::json;

class Flattening {
 public:
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::size_t, std::less<>> lists;

  // False when the document goes past the limits.
  bool take(const Json& value, const std::string& path, std::size_t depth) {
    bytes_ += path.size();
    if (depth > JsonFields::kDeepest || bytes_ > JsonFields::kLimit) return false;
    if (value.is_object()) {
      for (const auto& [key, member] : value.items()) {
        if (!take(member, path.empty() ? key : path + "." + key, depth + 1)) return false;
      }
      return true;
    }
    if (value.is_array()) {
      lists[path] = value.size();
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (!take(value[i], fmt::format("{}.{}", path, i), depth + 1)) return false;
      }
      return true;
    }
    if (value.is_null()) return true;
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    bytes_ += text.size();
    texts.emplace(path, std::move(text));
    return true;
  }

 private:
  std::size_t bytes_ = 0;
};

}  // namespace

Result<JsonFields> JsonFields::read(std::string_view document) {
  const Json root = Json::parse(document, nullptr, false);
  if (root.is_discarded()) {
    return fail(ErrorCode::BadInput, "this is no whole JSON", {}, "the file is damaged or cut short: fetch it again");
  }
  Flattening all;
  if (!all.take(root, {}, 0)) {
    return fail(ErrorCode::BadInput, "lists stand within each other more than 32 deep, or hold more than 64 MB", {},
                "import one record a file");
  }
  JsonFields fields;
  fields.texts_ = std::move(all.texts);
  fields.lists_ = std::move(all.lists);
  return fields;
}

std::string_view JsonFields::text(const std::string& path) const {
  const auto found = texts_.find(path);
  return found != texts_.end() ? std::string_view(found->second) : std::string_view();
}

std::size_t JsonFields::count(const std::string& path) const {
  const auto found = lists_.find(path);
  return found != lists_.end() ? found->second : 0;
}

}  // namespace assay
