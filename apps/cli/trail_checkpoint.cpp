// assay trail checkpoint: sign the trail as it stands, hand it to a witness, take a cosignature in.
#include <algorithm>

#include "apps/cli/lines.h"
#include "apps/cli/signing.h"
#include "apps/cli/trail_parts.h"
#include "apps/cli/whole_file.h"
#include "evidence/trail/merkle.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string key, out, add;
  std::vector<std::string> witnesses;
  std::optional<std::uint64_t> since;
};

// What a witness is given: the checkpoint, and the proof from the one it cosigned last.
int hand_over(const Options& options, Store& store, const SignedCheckpoint& note) {
  auto leaves = leaves_of(store);
  if (!leaves) return tell(leaves.error());
  const std::uint64_t size = note.checkpoint.size;
  if (*options.since > size)
    return wrong_use(
        fmt::format("the witness says that it cosigned {} entries, and the trail has {}", *options.since, size),
        "a trail that was cut is never cosigned again");
  WitnessRequest request{*options.since, {}, note};
  if (*options.since > 0)
    request.proof = consistency_proof(std::span(*leaves).first(static_cast<std::size_t>(size)), *options.since);
  if (auto written = write_whole(options.out, request.to_string()); !written) return tell(written.error());
  fmt::print("{}: for a witness that has cosigned {}\n", options.out,
             *options.since == 0 ? "nothing of it yet"
                                 : "the first " + counted(static_cast<std::int64_t>(*options.since), "entry"));
  return kDone;
}

// A checkpoint that a witness sent back: each cosignature is checked, and it has to be of this trail.
Result<SignedCheckpoint> read_cosigned(const Options& options, Store& store, const std::string& text) {
  auto note = read_checkpoint(text);
  if (!note) return note;
  auto keys = store.keys();
  if (!keys) return tl::unexpected(keys.error());
  const bool ours = std::any_of(keys->begin(), keys->end(), [&](const KeyAct& act) {
    const auto key = read_public_key(act.key);
    return key && signed_by(*note, *key);
  });
  if (!ours) return fail(ErrorCode::BadInput, "this checkpoint is not signed by a key of this trail", options.add);
  auto leaves = leaves_of(store);
  if (!leaves) return tl::unexpected(leaves.error());
  const auto size = static_cast<std::size_t>(note->checkpoint.size);
  if (size > leaves->size() || merkle_root(std::span(*leaves).first(size)) != note->checkpoint.root)
    return fail(ErrorCode::Corruption, "this checkpoint is not of the trail as it stands", options.add,
                "one of them was written anew; `assay trail verify --against` says more");
  return note;
}

int take_in(const Options& options, Store& store, const std::string& path) {
  auto text = read_whole(options.add);
  if (!text) return tell(text.error());
  auto note = read_cosigned(options, store, *text);
  if (!note) return tell(note.error());
  auto known = read_lines(witnesses_path(path));
  if (!known) return tell(known.error());
  for (const std::string& line : options.witnesses)
    if (std::find(known->begin(), known->end(), line) == known->end()) known->push_back(line);
  std::vector<std::string> by;
  for (const std::string& line : *known) {
    auto key = read_public_key(line);
    if (!key || key->use != KeyUse::Witness)
      return wrong_use(fmt::format("`{}` is no key of a witness", line), "give the line as the witness printed it");
    const auto found = signed_by(*note, *key);
    if (!found && found.error().code == ErrorCode::Corruption) return tell(found.error());
    if (found) by.push_back(key->name);
  }
  if (by.empty())
    return wrong_use("no cosignature of a witness that is known stands in it", "name its key with --witness");
  std::string lines;
  for (const std::string& line : *known) lines += line + '\n';
  auto written = write_whole(witnesses_path(path), lines);
  if (written) written = write_whole(cosigned_path(path), note->to_string());
  if (!written) return tell(written.error());
  fmt::print("Cosigned at {} by {}: {}\n", counted(static_cast<std::int64_t>(note->checkpoint.size), "entry"),
             fmt::join(by, ", "), cosigned_path(path));
  return kDone;
}

int checkpoint(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  if (options.since.has_value() != !options.out.empty())
    return wrong_use("--since and --out go together", "for instance --since 0 --out for_witness.txt");
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  if (!options.add.empty()) return take_in(options, *store, *path);
  auto key = key_of(*store, *path, options.key);
  if (!key) return tell(key.error());
  if (!*key) return wrong_use("the trail has no key to sign with", "`assay trail key STORE` makes one");
  auto note = sign_head(*store, *path, **key);
  if (!note) return tell(note.error());
  fmt::print("Checkpoint of {}: {}\n", counted(static_cast<std::int64_t>(note->checkpoint.size), "entry"),
             checkpoint_path(*path));
  if (options.since) return hand_over(options, *store, *note);
  print_lines("",
              "Keep a copy where the store's owner cannot change it: any later rewriting or cutting of the trail "
              "shows against it.");
  return kDone;
}

}  // namespace

void add_trail_checkpoint(Program& program, CLI::App& trail) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      trail.add_subcommand("checkpoint", "sign the trail as it stands; hand it to a witness, take a cosignature in");
  add_store(*command, options->common, "STORE");
  command->add_option("--key", options->key, kKeyHelp)->type_name("FILE");
  command->add_option("--since", options->since, "how many entries the witness cosigned last (0: none)")
      ->type_name("SIZE");
  command->add_option("--out", options->out, "the file to hand to the witness")->type_name("FILE");
  command->add_option("--add", options->add, "a checkpoint that a witness has cosigned")->type_name("FILE");
  command->add_option("--witness", options->witnesses, "the key of that witness, where it is new; may be said again")
      ->type_name("KEY")
      ->allow_extra_args(false);
  command->callback([&program, options] { program.exit = checkpoint(*options); });
}

}  // namespace assay::cli
