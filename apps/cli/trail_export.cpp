// assay trail export: one outcome with all that proves it, in one file to take away; or the log itself, laid out for
// anyone's program. assay trail sent: who was given what.
#include <filesystem>

#include "apps/cli/lines.h"
#include "apps/cli/signing.h"
#include "apps/cli/trail_parts.h"
#include "apps/cli/whole_file.h"
#include "apps/cli/why.h"
#include "engine/session/packet.h"
#include "evidence/trail/merkle.h"
#include "evidence/trail/tiles.h"

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  CommonOptions common;
  std::string outcome, subject, other, to, by, key, tiles;
  std::optional<std::int64_t> run, entry;
};

// The run that was named, else the last.
Result<RunRecord> run_of(Store& store, const std::optional<std::int64_t>& number) {
  auto runs = store.runs();
  if (!runs) return tl::unexpected(runs.error());
  for (const RunRecord& run : *runs)
    if (number ? run.number == *number : &run == &runs->back()) return run;
  return fail(ErrorCode::WrongUse, number ? fmt::format("there is no run {}", *number) : "nothing was run yet", "--run",
              "`assay run` makes one");
}

Result<SigningKey> expect_key(Store& store, const std::string& path, const std::string& named) {
  auto key = key_of(store, path, named);
  if (!key) return tl::unexpected(key.error());
  if (!*key)
    return fail(ErrorCode::WrongUse, "the trail has no key, so nobody could check what is taken from it", {},
                "`assay trail key STORE` makes one");
  return std::move(**key);
}

Result<PacketContent> content_of(const Options& options, Store& store, const RunRecord& run, const SigningKey& key) {
  auto inputs = inputs_of(store, run);
  if (!inputs) return tl::unexpected(inputs.error());
  std::vector<std::string> words{options.outcome, options.subject};
  if (!options.other.empty()) words.push_back(options.other);
  const Rulebook& book = inputs->rules->rulebook;
  auto question = question_of(book, *inputs->snapshot, run.as_at, words);
  if (!question) return tl::unexpected(question.error());
  Evaluation evaluation(book, *inputs->snapshot);
  return packet_content(
      store, *inputs, {run, evaluation.on(question->rule, run.as_at), question->subject, key.public_key().to_string()});
}

// Records that the packet is made, signs the log with that entry last, and writes the file.
Result<SentPacket> record_and_write(const Options& options, Store& store, const std::string& path,
                                    const SigningKey& key, std::int64_t run, const std::string& file) {
  const auto head = store.head();
  if (!head) return tl::unexpected(head.error());
  auto record = run_of(store, run);
  if (!record) return tl::unexpected(record.error());
  auto content = content_of(options, store, *record, key);
  if (!content) return tl::unexpected(content.error());
  SentPacket sent{content->rule,
                  content->subject,
                  run,
                  sha256(std::string_view(content->json)),
                  ranges_of(content->rows),
                  ranges_of(content->entries),
                  options.to,
                  who(options.by),
                  now_utc()};
  auto entry = store.record_packet(sent, head->size);
  if (!entry) return tl::unexpected(entry.error());
  sent.entry = *entry;
  auto log = store.log_entries();
  if (!log) return tl::unexpected(log.error());
  log->resize(static_cast<std::size_t>(*entry) + 1);
  auto note = sign_at(store, path, key, *entry + 1);
  if (!note) return tl::unexpected(note.error());
  PacketLog part{content->entries, *note, {}, {}};
  part.entries.push_back(*entry);
  std::error_code none;
  if (fs::exists(cosigned_path(path), none)) {
    auto text = read_whole(cosigned_path(path));
    auto cosigned = text ? read_checkpoint(*text) : Result<SignedCheckpoint>(tl::unexpected(text.error()));
    auto lines = read_lines(witnesses_path(path));
    if (!cosigned) return tl::unexpected(cosigned.error());
    if (!lines) return tl::unexpected(lines.error());
    part.cosigned = *text;
    for (const std::string& line : *lines)
      if (const auto witness = read_public_key(line); witness && signed_by(*cosigned, *witness))
        part.witnesses.push_back(line);
  }
  if (auto written = write_whole(file, packet_text(*content, *log, part)); !written)
    return tl::unexpected(written.error());
  return sent;
}

int export_packet(const Options& options, const std::string& path, const std::string& file) {
  if (options.outcome.empty() || options.subject.empty())
    return wrong_use("an outcome and a subject are wanted",
                     "for instance --outcome cqc.local_authority.overall --subject council:E06000014");
  if (options.to.empty()) return wrong_use("it is not said for whom the packet is", "say so with --to");
  auto store = Store::open(path, Access::Write);
  if (!store) return tell(store.error());
  auto key = expect_key(*store, path, options.key);
  if (!key) return tell(key.error());
  auto run = run_of(*store, options.run);
  if (!run) return tell(run.error());
  auto sent = record_and_write(options, *store, path, *key, run->number, file);
  if (!sent) return tell(sent.error());
  fmt::print("{}: a packet for {}, trail entry {}\n", file, sent->to, sent->entry);
  print_lines("  ", fmt::format("{} of {}, run {}", sent->rule, sent->subject, sent->run));
  print_lines("  ", fmt::format("{}; rows {}", counted(static_cast<std::int64_t>(fs::file_size(file)), "byte"),
                                sent->rows.empty() ? "none" : sent->rows));
  fmt::print("Whoever has it checks it with `assay_verify {}`.\n", fs::path(file).filename().string());
  return kDone;
}

// The log as C2SP tlog-tiles lays it out, into a folder that is made for it.
int export_tiles(const Options& options, const std::string& path) {
  std::error_code fault;
  if (fs::exists(options.tiles, fault))
    return wrong_use(fmt::format("there is something named {} already", options.tiles), "name a new folder");
  auto store = Store::open(path, Access::Read);
  if (!store) return tell(store.error());
  auto key = expect_key(*store, path, options.key);
  if (!key) return tell(key.error());
  auto log = store->log_entries();
  if (!log) return tell(log.error());
  std::vector<std::string> bodies;
  for (const LogEntry& entry : *log) bodies.push_back(entry.body);
  auto files = tiles_of(bodies);
  if (!files) return tell(files.error());
  auto note = sign_at(*store, path, *key, static_cast<std::int64_t>(log->size()));
  if (!note) return tell(note.error());
  files->push_back({"checkpoint", note->to_string()});
  for (const TileFile& file : *files) {
    const fs::path place = fs::path(options.tiles) / file.path;
    fs::create_directories(place.parent_path(), fault);
    if (auto written = write_whole(place.string(), file.bytes); !written) return tell(written.error());
  }
  fmt::print("{}: the log of {}, in {}\n", options.tiles, counted(static_cast<std::int64_t>(log->size()), "entry"),
             counted(static_cast<std::int64_t>(files->size()), "file"));
  return kDone;
}

// C2SP tlog-proof of one entry.
int export_proof(const Options& options, const std::string& path, const std::string& file) {
  auto store = Store::open(path, Access::Read);
  if (!store) return tell(store.error());
  auto key = expect_key(*store, path, options.key);
  if (!key) return tell(key.error());
  auto leaves = leaves_of(*store);
  if (!leaves) return tell(leaves.error());
  if (*options.entry < 0 || *options.entry >= static_cast<std::int64_t>(leaves->size()))
    return wrong_use(fmt::format("there is no entry {}", *options.entry),
                     fmt::format("the trail has {}", counted(static_cast<std::int64_t>(leaves->size()), "entry")));
  auto note = sign_at(*store, path, *key, static_cast<std::int64_t>(leaves->size()));
  if (!note) return tell(note.error());
  const auto index = static_cast<std::uint64_t>(*options.entry);
  if (auto written = write_whole(file, tlog_proof(index, inclusion_proof(*leaves, index), *note)); !written)
    return tell(written.error());
  fmt::print("{}: proof that entry {} is in the log of {}\n", file, index,
             counted(static_cast<std::int64_t>(leaves->size()), "entry"));
  return kDone;
}

int export_one(Options& options) {
  auto path = take_store(options.common);
  if (!path) return tell(path.error());
  const bool tiles = !options.tiles.empty();
  if (options.common.words.size() != (tiles ? 0U : 1U))
    return wrong_use(tiles ? "the log goes to its folder, and no file is wanted" : "one file to write is wanted",
                     "for instance: assay trail export STORE --outcome RULE --subject SUBJECT --to NAME PACKET");
  if (tiles) return export_tiles(options, *path);
  if (options.entry) return export_proof(options, *path, options.common.words[0]);
  return export_packet(options, *path, options.common.words[0]);
}

int sent(CommonOptions& options) {
  auto path = take_store(options);
  if (!path) return tell(path.error());
  auto store = Store::open(*path, Access::Read);
  if (!store) return tell(store.error());
  auto packets = store->packets();
  if (!packets) return tell(packets.error());
  if (packets->empty()) fmt::print("No packet has been made.\n");
  std::stable_sort(packets->begin(), packets->end(), [](const auto& a, const auto& b) { return a.to < b.to; });
  const std::string* last = nullptr;
  for (const SentPacket& packet : *packets) {
    if (!last || *last != packet.to) print_lines("", packet.to);
    last = &packet.to;
    print_lines("  ",
                fmt::format("entry {}, {} by {}: {} of {}, run {}", packet.entry, packet.recorded_at, packet.by,
                            packet.rule, packet.subject, packet.run),
                4);
    print_lines("    ", fmt::format("rows {}", packet.rows.empty() ? "none" : packet.rows), 4);
  }
  return kDone;
}

}  // namespace

void add_trail_export(Program& program, CLI::App& trail) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      trail.add_subcommand("export", "one outcome and all that proves it, in one file to take away; or the log itself");
  add_store(*command, options->common, "STORE PACKET");
  command->add_option("--outcome", options->outcome, "the rule")->type_name("RULE");
  command->add_option("--subject", options->subject, "of whom")->type_name("SUBJECT");
  command->add_option("--other-end", options->other, "of an interaction, the other end")->type_name("SUBJECT");
  command->add_option("--run", options->run, "as this run concluded it (else the last)")->type_name("NUMBER");
  command->add_option("--to", options->to, "for whom the packet is; the trail records it")->type_name("NAME");
  command->add_option("--by", options->by, "who makes it (else the login name)")->type_name("NAME");
  command->add_option("--key", options->key, kKeyHelp)->type_name("FILE");
  command
      ->add_option("--tiles", options->tiles, "instead: the whole log, laid out in this new folder (C2SP tlog-tiles)")
      ->type_name("FOLDER");
  command->add_option("--entry", options->entry, "instead: the proof of this entry alone (C2SP tlog-proof)")
      ->type_name("NUMBER");
  command->callback([&program, options] { program.exit = export_one(*options); });
}

void add_trail_sent(Program& program, CLI::App& trail) {
  auto options = std::make_shared<CommonOptions>();
  CLI::App* command = trail.add_subcommand("sent", "which packets were made, by recipient");
  add_store(*command, *options, "STORE");
  command->callback([&program, options] { program.exit = sent(*options); });
}

}  // namespace assay::cli
