// After a redaction: the file written anew without what is free in it, the write-ahead log emptied, and a search for
// what was destroyed. SQLite overwrites what it deletes, but a page that was split earlier may hold an older copy of a
// cell, and the log holds whole pages as they were.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "evidence/core/canonical_json.h"
#include "evidence/store/state.h"

namespace assay {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

// As they stand in JSON without their quotes, where that differs.
std::vector<std::string> spellings(std::span<const std::string> texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    all.push_back(text);
    std::string quoted;
    append_json_text(quoted, text);
    quoted = quoted.substr(1, quoted.size() - 2);
    if (quoted != text) all.push_back(std::move(quoted));
  }
  return all;
}

bool file_holds(const std::string& path, const std::vector<std::string>& texts) {
  std::size_t longest = 0;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  std::ifstream in(path, std::ios::binary);
  std::string window;
  std::string chunk(kChunk, '\0');
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    window.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    for (const std::string& text : texts)
      if (window.find(text) != std::string::npos) return true;
    if (window.size() > longest) window.erase(0, window.size() - longest);
  }
  return false;
}

// Every text the store holds, with where it stands.
constexpr std::string_view kTexts =
    "SELECT 'the ' || iif(o.note = t.id, 'note', 'value') || ' of row ' || o.id AS at, t.content AS said "
    "FROM text_value t JOIN observation o ON o.id = t.observation WHERE t.content IS NOT NULL "
    "UNION ALL SELECT 'the place of row ' || id, place FROM observation WHERE place IS NOT NULL "
    "UNION ALL SELECT 'the name of document ' || id, title FROM document "
    "UNION ALL SELECT 'the name of source ' || id, name FROM source "
    "UNION ALL SELECT 'the code of subject ' || id, code FROM subject "
    "UNION ALL SELECT 'entry ' || number || ' of the trail', body FROM log_entry "
    "UNION ALL SELECT 'entry ' || entry || ' of the trail', file || ' ' || recorded_by FROM batch "
    "WHERE entry NOT IN (SELECT number FROM log_entry) "
    "UNION ALL SELECT 'the text of ruleset ' || name, text FROM ruleset_text "
    "UNION ALL SELECT 'the explanation of ' || rule || ' kept in run ' || (SELECT max(number) FROM run WHERE "
    "first_explanation <= e.id), json FROM explanation e "
    "UNION ALL SELECT 'the outcomes of ' || rule || ' in run ' || (SELECT max(number) FROM run WHERE first_block <= "
    "b.id), CAST(bytes AS TEXT) FROM outcome_block b";

}  // namespace

Result<void> Store::sweep() {
  if (auto able = state_->expect_writable(); !able) return able;
  auto done = state_->database.execute("PRAGMA secure_delete=ON; VACUUM;", "the store");
  if (done) done = state_->database.empty_log();
  return done;
}

Result<std::vector<std::string>> Store::holding(std::span<const std::string> texts) {
  if (auto rest = state_->expect_at_rest(); !rest) return tl::unexpected(rest.error());
  const std::vector<std::string> wanted = spellings(texts);
  std::vector<std::string> places;
  if (wanted.empty()) return places;
  for (const char* ending : {"", "-wal", "-shm"}) {
    const std::string path = state_->database.path() + ending;
    if (file_holds(path, wanted)) places.push_back(std::filesystem::path(path).filename().string());
  }
  if (places.empty()) return places;
  Statement text = state_->database.prepare(kTexts, "the texts of the store");
  while (text.next()) {
    const std::string_view said = text.text(1);
    if (std::any_of(wanted.begin(), wanted.end(),
                    [&](const std::string& one) { return said.find(one) != std::string_view::npos; }))
      places.emplace_back(text.text(0));
  }
  if (auto done = text.end(); !done) return tl::unexpected(done.error());
  return places;
}

}  // namespace assay
