// assay trail witness: a second party cosigns a checkpoint, having checked that the log only grew since the last one it
// cosigned. It needs no store: what it is handed, its own key, and a file in which it keeps where it was.
#include <filesystem>

#include "apps/cli/lines.h"
#include "apps/cli/signing.h"
#include "apps/cli/trail_parts.h"
#include "apps/cli/whole_file.h"
#include "evidence/trail/merkle.h"

namespace assay::cli {

namespace {

struct Options {
  std::string request, key, state, log, out;
};

// The key of the log, and the last checkpoint cosigned: a line, then the checkpoint, if there was one.
struct WitnessState {
  std::optional<PublicKey> log;
  std::optional<SignedCheckpoint> last;
};

Result<WitnessState> read_state(const Options& options) {
  WitnessState state;
  std::error_code none;
  if (std::filesystem::exists(options.state, none)) {
    auto text = read_whole(options.state);
    if (!text) return tl::unexpected(text.error());
    const auto end = text->find('\n');
    auto key = read_public_key(text->substr(0, end));
    auto note = key ? read_checkpoint(std::string_view(*text).substr(end + 1)) : Result<SignedCheckpoint>();
    if (!key || !note)
      return fail(ErrorCode::Corruption, "this is not what a witness keeps, or it was changed", options.state,
                  "restore it from a copy; without it a log that was written anew cannot be told");
    state = {*key, *note};
  }
  if (!options.log.empty()) {
    auto named = read_public_key(options.log);
    if (!named) return tl::unexpected(named.error());
    if (state.log && named->name != state.log->name)
      return fail(ErrorCode::WrongUse, fmt::format("this file is about the log {}", state.log->name), options.state,
                  "keep one file for each log");
    state.log = *named;
  }
  if (!state.log || state.log->use != KeyUse::Log)
    return fail(ErrorCode::WrongUse, "the key of the log is not known yet", "--log",
                "name it, as its owner told it to you by another way");
  return state;
}

int refuse(const std::string& sentence) {
  std::fflush(stdout);
  fmt::print(stderr, "assay: not cosigned: {}\n", sentence);
  return kDamaged;
}

// Nothing where the log only grew.
std::string what_is_wrong(const WitnessState& state, const WitnessRequest& request) {
  const Checkpoint& now = request.note.checkpoint;
  if (now.origin != state.log->name)
    return fmt::format("the checkpoint is of the log {}, not of {}", now.origin, state.log->name);
  if (const auto by = signed_by(request.note, *state.log); !by)
    return by.error().code == ErrorCode::NotFound
               ? fmt::format("the log's key {} did not sign it", state.log->to_string())
               : by.error().message;
  const std::uint64_t last = state.last ? state.last->checkpoint.size : 0;
  if (now.size < last) return fmt::format("the log has {} entries, and you cosigned {}: it was cut", now.size, last);
  if (request.old_size != last)
    return fmt::format("the proof begins at {} entries, and you cosigned {} last; ask for one with --since {}",
                       request.old_size, last, last);
  if (last == 0) return request.proof.empty() ? "" : "a proof from nothing proves nothing";
  if (!verify_consistency(last, now.size, request.proof, state.last->checkpoint.root, now.root))
    return fmt::format("the log was written anew: its first {} entries are not those that you cosigned", last);
  return {};
}

int witness(const Options& options) {
  auto key = read_key_file(options.key);
  if (!key) return tell(key.error());
  if (key->public_key().use != KeyUse::Witness)
    return wrong_use("this is the key of a log, and a witness needs one of its own",
                     "`assay trail key --witness FILE`");
  auto text = read_whole(options.request);
  if (!text) return tell(text.error());
  auto request = read_witness_request(*text);
  if (!request) return tell(request.error());
  auto state = read_state(options);
  if (!state) return tell(state.error());
  if (const std::string wrong = what_is_wrong(*state, *request); !wrong.empty()) return refuse(wrong);
  SignedCheckpoint note = request->note;
  const auto now = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  note.signatures.push_back(cosign(note.checkpoint, *key, now));
  // What was cosigned is kept before anybody has the cosignature.
  auto written = write_whole(options.state, state->log->to_string() + '\n' + note.to_string(), ForWhom::OwnerOnly);
  if (written) written = write_whole(options.out, note.to_string());
  if (!written) return tell(written.error());
  fmt::print("{}: cosigned by {}\n", options.out, key->public_key().name);
  fmt::print("The log {} has {}", note.checkpoint.origin,
             counted(static_cast<std::int64_t>(note.checkpoint.size), "entry"));
  fmt::print("{}\n", state->last ? fmt::format(", and goes on from the {} of last time.", state->last->checkpoint.size)
                                 : "; there was nothing to hold it against.");
  return kDone;
}

}  // namespace

void add_trail_witness(Program& program, CLI::App& trail) {
  auto options = std::make_shared<Options>();
  CLI::App* command = trail.add_subcommand("witness", "cosign a checkpoint as a second party, if the log only grew");
  command->add_option("request", options->request, "FILE")->required();
  command->add_option("--key", options->key, "the file of the witness's private key")->type_name("FILE")->required();
  command->add_option("--state", options->state, "the file in which the witness keeps what it cosigned last")
      ->type_name("FILE")
      ->required();
  command->add_option("--log", options->log, "the key of the log, the first time or when it was replaced")
      ->type_name("KEY");
  command->add_option("--out", options->out, "the cosigned checkpoint, to send back")->type_name("FILE")->required();
  command->callback([&program, options] { program.exit = witness(*options); });
}

}  // namespace assay::cli
