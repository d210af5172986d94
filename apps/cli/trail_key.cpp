// assay trail key: the key with which a trail is signed is made, or replaced, and the trail records which it is.
#include <filesystem>

#include "apps/cli/lines.h"
#include "apps/cli/signing.h"
#include "apps/cli/trail_parts.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string key, name, by, because, witness;
  bool replace = false, lost = false;
};

// A name that no other trail has, where none was given: that of the key in the file, or one from the entry of the
// store.
Result<std::string> name_for(Store& store, const std::string& named, const std::string& file) {
  if (!named.empty()) return named;
  std::error_code none;
  if (std::filesystem::exists(file, none)) {
    auto held = read_key_file(file);
    if (!held) return tl::unexpected(held.error());
    return held->public_key().name;
  }
  auto leaves = leaves_of(store);
  if (!leaves) return tl::unexpected(leaves.error());
  return fmt::format("assay-trail/{}", leaves->front().to_hex().substr(0, 16));
}

// The key in the file, where there is one: its owner made it elsewhere, or kept it. Else a new one.
Result<SigningKey> make(const std::string& path, const std::string& name, KeyUse use) {
  std::error_code none;
  if (use == KeyUse::Log && std::filesystem::exists(path, none)) {
    auto held = read_key_file(path);
    if (held && (held->public_key().use != use || held->public_key().name != name))
      return fail(ErrorCode::WrongUse, fmt::format("the key in this file is {}", held->public_key().to_string()), path,
                  fmt::format("one of a log named {} is wanted", name));
    return held;
  }
  auto key = SigningKey::make(name, use);
  if (!key) return key;
  if (auto written = write_key_file(path, *key); !written) return tl::unexpected(written.error());
  return key;
}

int make_witness(const Options& options) {
  if (options.name.empty())
    return wrong_use("a witness has a name", "for instance --name council.example/witness; it stands in cosignatures");
  auto key = make(options.witness, options.name, KeyUse::Witness);
  if (!key) return tell(key.error());
  fmt::print("{}: the private key of a witness, for its owner only\n", options.witness);
  fmt::print("Give those who are to believe its cosignatures this line:\n  {}\n", key->public_key().to_string());
  return kDone;
}

// The key before, where its file is there to sign that the new one follows.
Result<std::optional<SigningKey>> key_before(const Options& options, Store& store, const std::string& path) {
  if (options.lost) return std::optional<SigningKey>();
  return key_of(store, path, {});
}

int record(const Options& options, Store& store, const std::string& path, const SigningKey& key, const KeyAct& act) {
  auto entry = store.record_key(act);
  if (!entry) return tell(entry.error());
  auto note = sign_head(store, path, key);
  if (!note) return tell(note.error());
  fmt::print("{}: the private key, for its owner only\n", key_path(path, options.key));
  fmt::print("The trail is signed with it from entry {} on.\n", *entry);
  fmt::print("Give those who are to check the trail this line:\n  {}\n", act.key);
  fmt::print("Checkpoint of {}: {}\n", counted(static_cast<std::int64_t>(note->checkpoint.size), "entry"),
             checkpoint_path(path));
  return kDone;
}

int show(Store& store) {
  auto keys = store.keys();
  if (!keys) return tell(keys.error());
  for (const KeyAct& act : *keys) {
    fmt::print("entry {}, {} by {}\n  {}\n", act.entry, act.recorded_at, act.by, act.key);
    if (!act.replaces.empty())
      print_lines("  ",
                  fmt::format("in place of the key before, which {}: {}",
                              act.handover.empty() ? "did not sign for it" : "signed for it", act.because),
                  4);
  }
  return kDone;
}

int key(Options& options) {
  if (!options.witness.empty()) return make_witness(options);
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Write);
  if (!store) return tell(store.error());
  auto keys = store->keys();
  if (!keys) return tell(keys.error());
  if (!keys->empty() && !options.replace) return show(*store);
  KeyAct act;
  act.by = who(options.by);
  act.because = options.because;
  act.recorded_at = now_utc();
  if (keys->empty()) {
    if (options.replace) return wrong_use("there is no key to replace", "leave out --replace");
    auto name = name_for(*store, options.name, key_path(*path, options.key));
    if (!name) return tell(name.error());
    auto made = make(key_path(*path, options.key), *name, KeyUse::Log);
    if (!made) return tell(made.error());
    act.key = made->public_key().to_string();
    return record(options, *store, *path, *made, act);
  }
  if (options.because.empty())
    return wrong_use("a key is replaced for a reason", "say so with --because, for instance \"its owner has left\"");
  if (options.key.empty())
    return wrong_use("the new key needs a file of its own", "name it with --key; keep the old file, or destroy it");
  auto before = key_before(options, *store, *path);
  if (!before) return tell(before.error());
  const auto old = read_public_key(keys->back().key);
  if (!old) return tell(old.error());
  auto made = make(options.key, old->name, KeyUse::Log);
  if (!made) return tell(made.error());
  act.key = made->public_key().to_string();
  act.replaces = keys->back().key;
  if (*before) {
    const Signature signature = (*before)->sign(handover_text(act.replaces, act.key));
    act.handover = to_base64({reinterpret_cast<const char*>(signature.data()), signature.size()});
  }
  return record(options, *store, *path, *made, act);
}

}  // namespace

void add_store(CLI::App& command, CommonOptions& options, const std::string& words) {
  command.add_option("words", options.words, words);
  command.add_option("--store", options.store, "the evidence store (else the first word, else $ASSAY_STORE)")
      ->type_name("FILE");
}

std::string who(const std::string& by) { return by.empty() ? login_name() : by; }

void add_trail_key(Program& program, CLI::App& trail) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      trail.add_subcommand("key", "make the key that signs the trail, replace it, or list those there were");
  add_store(*command, options->common, "STORE");
  command->add_option("--key", options->key, kKeyHelp)->type_name("FILE");
  command->add_option("--name", options->name, "a name for the trail that no other has: york.example/assay")
      ->type_name("NAME");
  command->add_flag("--replace", options->replace, "make another key, in the file of --key");
  command->add_flag("--lost", options->lost, "the key before is lost, so it cannot sign that another follows");
  command->add_option("--because", options->because, "why it is replaced")->type_name("TEXT");
  command->add_option("--by", options->by, "who does this (else the login name)")->type_name("NAME");
  command->add_option("--witness", options->witness, "make the key of a witness instead, in this file")
      ->type_name("FILE");
  command->callback([&program, options] { program.exit = key(*options); });
}

}  // namespace assay::cli
