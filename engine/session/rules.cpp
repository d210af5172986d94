// Finding and reading rule files. A ruleset that is used but was not named is looked for among the shipped ones.
#include "engine/session/rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "dsl/syntax/parse.h"

namespace assay {

namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::NotFound, "the file cannot be opened", path.string());
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (!error && size > kFileBytesMax)
    return fail(ErrorCode::BadInput,
                fmt::format("the file has {} bytes; a ruleset has at most {}", size, kFileBytesMax), path.string());
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return fail(ErrorCode::Io, "the file cannot be read", path.string());
  return std::move(text).str();
}

// The .assay files at or under a path, by name.
Result<std::vector<fs::path>> files_under(const std::string& path) {
  std::error_code error;
  std::vector<fs::path> files;
  if (fs::is_regular_file(path, error)) return std::vector<fs::path>{path};
  if (!fs::is_directory(path, error))
    return fail(ErrorCode::NotFound, "there is no such file or folder", path,
                "name a .assay file, or a folder that holds some");
  for (const auto& entry : fs::recursive_directory_iterator(path, error))
    if (entry.is_regular_file() && entry.path().extension() == ".assay") files.push_back(entry.path());
  if (error) return fail(ErrorCode::Io, error.message(), path);
  std::sort(files.begin(), files.end());
  return files;
}

// The first word after `keyword` at the start of a line, or a later one, once for each such line: enough to know what a
// file declares and uses.
std::vector<std::string> named_after(const std::string& text, std::string_view keyword, int place = 1) {
  std::vector<std::string> names;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(keyword)) continue;
    std::istringstream words(line);
    std::string first, name;
    if (!(words >> first) || first != keyword) continue;
    for (int at = 0; at < place; ++at) words >> name;
    if (!words) continue;
    names.push_back(name);
  }
  return names;
}

struct Texts {
  std::vector<std::pair<std::string, std::string>> files;  // path, text
  std::set<std::string> places;  // of them, whichever way they were named
  std::set<std::string> declared, used;

  Result<void> add(const fs::path& path) {
    std::error_code error;
    const fs::path place = fs::weakly_canonical(path, error);
    if (!places.insert((error ? path : place).string()).second) return {};
    auto text = read_file(path);
    if (!text) return tl::unexpected(text.error());
    for (const char* word : {"ruleset", "local"})
      for (auto& name : named_after(*text, word)) declared.insert(std::move(name));
    for (auto& name : named_after(*text, "local", 3)) used.insert(std::move(name));
    for (auto& name : named_after(*text, "use")) used.insert(std::move(name));
    files.emplace_back(path.string(), std::move(*text));
    return {};
  }

  std::vector<std::string> wanting() const {
    std::vector<std::string> out;
    std::set_difference(used.begin(), used.end(), declared.begin(), declared.end(), std::back_inserter(out));
    return out;
  }
};

// Adds shipped files that declare a ruleset still wanting, until none is found that helps.
Result<void> add_shipped(Texts& texts, const std::string& shipped) {
  std::error_code error;
  if (texts.wanting().empty() || shipped.empty() || !fs::is_directory(shipped, error)) return {};
  auto candidates = files_under(shipped);
  if (!candidates) return tl::unexpected(candidates.error());
  for (bool found = true; found;) {
    found = false;
    const auto wanting = texts.wanting();
    for (const fs::path& path : *candidates) {
      auto text = read_file(path);
      if (!text) return tl::unexpected(text.error());
      const auto declares = named_after(*text, "ruleset");
      const bool helps = std::any_of(declares.begin(), declares.end(), [&](const std::string& name) {
        return std::find(wanting.begin(), wanting.end(), name) != wanting.end();
      });
      if (!helps) continue;
      found = true;
      if (auto added = texts.add(path); !added) return added;
    }
  }
  return {};
}

Result<Texts> texts_at(const std::vector<std::string>& paths) {
  Texts texts;
  for (const std::string& path : paths) {
    auto files = files_under(path);
    if (!files) return tl::unexpected(files.error());
    if (files->empty()) return fail(ErrorCode::NotFound, "the folder holds no .assay file", path);
    for (const fs::path& file : *files)
      if (auto added = texts.add(file); !added) return tl::unexpected(added.error());
  }
  return texts;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> read_rule_files(const std::vector<std::string>& paths) {
  auto texts = texts_at(paths);
  if (!texts) return tl::unexpected(texts.error());
  return std::move(texts->files);
}

Result<LoadedRules> load_rules(const std::vector<std::string>& paths, const std::string& shipped) {
  auto found = texts_at(paths);
  if (!found) return tl::unexpected(found.error());
  Texts texts = std::move(*found);
  const std::size_t named = texts.files.size();
  if (auto added = add_shipped(texts, shipped); !added) return tl::unexpected(added.error());
  LoadedRules loaded = load_rules(std::move(texts.files));
  loaded.named = named;
  loaded.sink.forget_warnings([named](FileId file) { return file.index >= named; });
  return loaded;
}

LoadedRules load_rules(std::vector<std::pair<std::string, std::string>> texts) {
  Sources sources;
  for (auto& [path, text] : texts) sources.add(std::move(path), std::move(text));
  LoadedRules loaded;
  loaded.rulebook = check(std::move(sources), loaded.sink);
  loaded.named = loaded.rulebook.sources.size();
  return loaded;
}

}  // namespace assay
