// assay trail log: every entry of the trail on a line: when, who, and what was done.
#include <nlohmann/json.hpp>

#include "apps/cli/command.h"
#include "apps/cli/lines.h"

namespace assay::cli {

namespace {

using nlohmann::json;

std::string first_of(const json& body, std::initializer_list<const char*> keys) {
  for (const char* key : keys)
    if (const auto found = body.find(key); found != body.end() && found->is_string()) return found->get<std::string>();
  return {};
}

std::int64_t count_of(const json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end()) return 0;
  return found->is_array()            ? static_cast<std::int64_t>(found->size())
         : found->is_number_integer() ? found->get<std::int64_t>()
                                      : 0;
}

std::string what_of(const json& body) {
  const std::string entry = first_of(body, {"entry"}), edition = first_of(body, {"edition"});
  if (entry == "store") return "made the store";
  if (entry == "batch")
    return fmt::format("{} of evidence from {}", counted(count_of(body, "rows"), "row"), first_of(body, {"file"}));
  if (entry == "run")
    return fmt::format("{} as at {}, known on {}", body.contains("official") ? "official run" : "run",
                       first_of(body, {"as_at"}), first_of(body, {"known_on"}));
  if (entry == "proposal" || entry == "approval")
    return fmt::format("{} {}{}: {}", entry == "proposal" ? "proposed" : "approved", first_of(body, {"ruleset"}),
                       edition.empty() ? "" : " edition " + edition, first_of(body, {"because"}));
  if (entry == "mapping") return fmt::format("mapping {} of columns", first_of(body, {"name"}));
  if (entry == "redaction")
    return fmt::format("redacted {}: {}", counted(count_of(body, "rows"), "row"), first_of(body, {"because"}));
  const std::string to = first_of(body, {"to", "because"});
  return entry + (to.empty() ? "" : ": " + to);
}

int log(CommonOptions& options) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto entries = store->log_entries();
  if (!entries) return tell(entries.error());
  for (const LogEntry& entry : *entries) {
    const auto body = json::parse(entry.body, nullptr, false);
    if (!body.is_object())
      return tell({ErrorCode::Corruption, fmt::format("entry {} is not as one is written", entry.number), *path,
                   "`assay trail verify` says more"});
    const std::string who = first_of(body, {"by", "recorded_by", "run_by", "created_by"});
    fmt::print("{}  {}, {}\n", entry.number, first_of(body, {"recorded_at", "imported_at", "run_at", "created_at"}),
               who.empty() ? "nobody named" : who);
    print_lines("  ", what_of(body), 4);
  }
  return kDone;
}

}  // namespace

void add_trail_log(Program& program, CLI::App& trail) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command = trail.add_subcommand("log", "every entry of the trail: when, who, and what was done");
  command->add_option("words", options->words, "STORE");
  command->add_option("--store", options->store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command->callback([&program, options] { program.exit = log(*options); });
}

}  // namespace assay::cli
