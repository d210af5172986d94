// Everything here is read back from the store as it is left, so that the certificate can be had again.
#include "apps/cli/certificate.h"

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"
#include "engine/session/run.h"
#include "evidence/core/text.h"

namespace assay::cli {

namespace {

using nlohmann::json;

Result<void> print_rows(Store& store, const Redaction& redaction) {
  std::vector<std::int64_t> numbers;
  for (const Redaction::Row& row : redaction.rows) numbers.push_back(row.row);
  auto held = store.rows_held(numbers);
  if (!held) return tl::unexpected(held.error());
  fmt::print("\nWhat was destroyed\n");
  if (held->empty()) fmt::print("  nothing of any row\n");
  std::vector<std::string> guessable;
  for (std::size_t i = 0; i < held->size(); ++i) {
    const RowHeld& row = (*held)[i];
    const RowParts gone = redaction.rows[i].gone;
    print_lines("  ", fmt::format("row {}: {} of {} of {}", row.row, in_words(gone), row.field, row.subject), 4);
    print_lines("    ",
                fmt::format("{}{}; recorded by {} at {}, entry {}", row.document, gone.place ? "" : ", " + row.place,
                            row.recorded_by, row.imported_at, row.entry),
                6);
    if (!row.purpose.empty()) print_lines("    ", "let in as data about persons, for: " + row.purpose, 6);
    const RowParts open{gone.value && row.guessable.value, false, gone.place && row.guessable.place};
    if (open.any()) guessable.push_back(fmt::format("the {} of row {}", in_words(open), row.row));
  }
  fmt::print("\nWhat stands for it\n");
  print_lines("  ",
              "Digests, by which the trail still shows that nothing else was changed. Each was made with random "
              "bytes that were destroyed with the text, so that no text, however short, can be guessed from it.");
  if (!guessable.empty())
    print_lines("  ",
                fmt::format("But not of {}: recorded without such bytes, since nothing said that it was data about "
                            "a person. A short one could be found by trying all there are.",
                            join_words(guessable)));
  return {};
}

// Of the outcomes and explanations of runs, those that say that this redaction took something from them.
Result<void> print_dependents(Store& store, const Redaction& redaction) {
  fmt::print("\nWhat depended on it\n");
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  bool any = false;
  const std::string words = fmt::format("resting on what was {}", in_words(redaction));
  for (const RunRecord& run : *runs) {
    auto cells = concluded(store, run.number);
    if (!cells) return tl::unexpected(cells.error());
    for (const ConcludedCell& cell : *cells) {
      if (redaction_in_words(cell.row) != words) continue;
      any = true;
      const auto row = json::parse(cell.row, nullptr, false);
      print_lines("  ",
                  fmt::format("run {}, entry {}, as at {}: {} of {}, {}", run.number, run.entry, run.as_at.to_string(),
                              cell.rule, cell.subject, row.value("status", "")),
                  4);
    }
  }
  if (!any) fmt::print("  no recorded outcome\n");
  if (!redaction.explanations.empty())
    print_lines("  ",
                fmt::format("{} kept in full {} destroyed with it; {} can be made again, without it",
                            counted(static_cast<std::int64_t>(redaction.explanations.size()), "explanation"),
                            redaction.explanations.size() == 1 ? "was" : "were",
                            redaction.explanations.size() == 1 ? "it" : "they"),
                4);
  return {};
}

// Whether numbers as an entry has them, "3,7-12", name a row that was redacted.
bool holds_any(std::string_view numbers, const Redaction& redaction) {
  while (!numbers.empty()) {
    const std::string_view range = numbers.substr(0, numbers.find(','));
    numbers.remove_prefix(std::min(range.size() + 1, numbers.size()));
    std::int64_t first = 0, last = 0;
    const char* const end = range.data() + range.size();
    const char* at = std::from_chars(range.data(), end, first).ptr;
    last = first;
    if (at != end && *at == '-') std::from_chars(at + 1, end, last);
    for (const Redaction::Row& row : redaction.rows)
      if (row.row >= first && row.row <= last) return true;
  }
  return false;
}

Result<void> print_packets(Store& store, const Redaction& redaction) {
  fmt::print("\nWhat was sent before\n");
  auto entries = store.log_entries();
  if (!entries) return tl::unexpected(entries.error());
  bool any = false;
  for (const LogEntry& entry : *entries) {
    if (entry.number >= redaction.entry) break;
    const auto body = json::parse(entry.body, nullptr, false);
    if (!body.is_object() || body.value("entry", "") != "packet") continue;
    any = true;
    const bool held = holds_any(body.value("rows", ""), redaction);
    print_lines(
        "  ",
        fmt::format(
            "a packet to {}, entry {}, {}: {}", body.value("to", ""), entry.number, body.value("recorded_at", ""),
            held ? "it holds what was destroyed; ask for it to be destroyed there too" : "nothing of this was in it"),
        4);
  }
  if (!any) fmt::print("  no packet is recorded as sent\n");
  return {};
}

}  // namespace

Result<void> print_certificate(Store& store, const std::string& path, const Redaction& redaction) {
  fmt::print("Certificate of redaction: {}, trail entry {}\n", std::filesystem::path(path).filename().string(),
             redaction.entry);
  print_lines("  ", in_words(redaction), 4);
  print_lines("  ", fmt::format("recorded at {}", redaction.recorded_at), 4);
  auto done = print_rows(store, redaction);
  if (done) done = print_dependents(store, redaction);
  if (done) done = print_packets(store, redaction);
  if (!done) return done;
  fmt::print("\nWhat this does not reach\n");
  print_lines("  ",
              "The files that were imported, copies and backups of the store, and what was printed, exported or "
              "sent: each is for its holder to destroy.");
  return {};
}

}  // namespace assay::cli
