// The options under which data about persons is let in, and the list of what was (assay trail personal).
#include "apps/cli/personal.h"

#include "apps/cli/lines.h"
#include "evidence/core/text.h"
#include "evidence/import/personal_data.h"

namespace assay::cli {

namespace {

int list(CommonOptions& options) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto day = as_at_of(options);
  if (!day) return tell(day.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto holdings = store->personal_holdings();
  if (!holdings) return tell(holdings.error());
  if (holdings->empty()) fmt::print("Nothing here was let in as data about persons.\n");
  for (const PersonalHolding& holding : *holdings) {
    const Date until = holding.said.destroy_on;
    fmt::print("entry {}: {}\n", holding.entry, holding.file);
    print_lines("  for ", holding.said.purpose, 4);
    print_lines(
        "  ", fmt::format("to be destroyed on {}{}", until.to_long_string(), until < *day ? ", which has passed" : ""),
        4);
    print_lines("  ", fmt::format("recorded by {} at {}", holding.recorded_by, holding.imported_at), 4);
  }
  return kDone;
}

}  // namespace

void add_personal(CLI::App& command, PersonalOptions& options) {
  command
      .add_option("--personal-data-for", options.purpose,
                  "let data about persons in, for this purpose; it needs --destroy-on")
      ->type_name("PURPOSE");
  command.add_option("--destroy-on", options.destroy_on, "the day by which that data is to be destroyed")
      ->type_name("DATE");
  command
      .add_option("--published", options.published,
                  "a column of addresses or names of bodies that are published; may be said again")
      ->type_name("COLUMN")
      ->allow_extra_args(false);
}

Result<std::optional<PersonalData>> personal_of(const PersonalOptions& options, Date recorded_on) {
  const bool purpose = !trim(options.purpose).empty();
  if (!purpose && options.destroy_on.empty()) return std::optional<PersonalData>();
  if (!purpose)
    return fail(ErrorCode::WrongUse, "it is not said what the data about persons is for", "--destroy-on",
                "say so with --personal-data-for");
  if (options.destroy_on.empty())
    return fail(ErrorCode::WrongUse, "it is not said when the data about persons is to be destroyed",
                "--personal-data-for", "give the day with --destroy-on");
  auto until = read_date(options.destroy_on, "--destroy-on");
  if (!until) return tl::unexpected(until.error());
  if (*until < recorded_on)
    return fail(ErrorCode::WrongUse,
                fmt::format("{} is before {}, the day of recording", until->to_string(), recorded_on.to_string()),
                "--destroy-on", "give a day that is still to come");
  // The purpose stands in the trail for good.
  if (postcodes(options.purpose) > 0 || ten_digit_numbers(options.purpose).valid > 0)
    return fail(ErrorCode::WrongUse, "the purpose itself says something of a person", "--personal-data-for",
                "say what the data is for, and nothing that stands in it");
  return std::optional(PersonalData{std::string(trim(options.purpose)), *until});
}

void add_trail_personal(Program& program, CLI::App& trail) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command =
      trail.add_subcommand("personal", "what was let in as data about persons, for what, and until when");
  command->add_option("words", options->words, "STORE");
  command->add_option("--store", options->store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
  command->add_option("--as-at", options->as_at, "the day to reckon from (else today)")->type_name("DATE");
  command->callback([&program, options] { program.exit = list(*options); });
}

}  // namespace assay::cli
