// A key signs only what its own log records of it.
#include "apps/cli/signing.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "apps/cli/whole_file.h"
#include "evidence/trail/merkle.h"

namespace assay::cli {

namespace fs = std::filesystem;

std::string key_path(const std::string& store, const std::string& named) {
  if (!named.empty()) return named;
  if (const char* told = std::getenv("ASSAY_KEY"); told && *told) return told;
  return store + ".key";
}

Result<SigningKey> read_key_file(const std::string& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(ErrorCode::BadInput, "others than its owner may read this private key, so it is not used", path,
                fmt::format("take those rights away with `chmod 600 {}`; if others may have read it, replace it with "
                            "`assay trail key --replace`",
                            path));
  auto text = read_whole(path);
  if (!text) return tl::unexpected(text.error());
  auto key = SigningKey::read(*text);
  if (!key) {
    Error error = key.error();
    error.place = path;
    return tl::unexpected(std::move(error));
  }
  return key;
}

Result<void> write_key_file(const std::string& path, const SigningKey& key) {
  std::error_code none;
  if (fs::exists(path, none))
    return fail(ErrorCode::WrongUse, "there is a file of this name, and a key never takes the place of another", path,
                "name another file with --key");
  return write_whole(path, key.secret_text() + '\n', ForWhom::OwnerOnly);
}

Result<std::optional<SigningKey>> key_of(Store& store, const std::string& path, const std::string& named) {
  auto keys = store.keys();
  if (!keys) return tl::unexpected(keys.error());
  if (keys->empty()) return std::optional<SigningKey>();
  const std::string file = key_path(path, named);
  auto key = read_key_file(file);
  if (!key && key.error().code == ErrorCode::NotFound)
    return fail(
        ErrorCode::NotFound, "the trail is signed, and its private key is not here", file,
        "say where it is with --key or ASSAY_KEY; where it was lost, `assay trail key --replace` makes another");
  if (!key) return tl::unexpected(key.error());
  if (key->public_key().to_string() != keys->back().key)
    return fail(ErrorCode::WrongUse, "this is not the key that the trail records last", file,
                fmt::format("that is {}", keys->back().key));
  return std::optional<SigningKey>(std::move(*key));
}

Result<std::vector<Digest>> leaves_of(Store& store) {
  auto entries = store.log_entries();
  if (!entries) return tl::unexpected(entries.error());
  std::vector<Digest> leaves;
  for (const LogEntry& entry : *entries) leaves.push_back(entry.leaf);
  return leaves;
}

Result<SignedCheckpoint> sign_at(Store& store, const std::string& path, const SigningKey& key, std::int64_t size) {
  auto leaves = leaves_of(store);
  if (!leaves) return tl::unexpected(leaves.error());
  const auto until = std::span(*leaves).first(static_cast<std::size_t>(size));
  const SignedCheckpoint note =
      sign({key.public_key().name, static_cast<std::uint64_t>(size), merkle_root(until)}, key);
  if (auto written = write_whole(checkpoint_path(path), note.to_string()); !written)
    return tl::unexpected(written.error());
  return note;
}

Result<SignedCheckpoint> sign_head(Store& store, const std::string& path, const SigningKey& key) {
  const auto head = store.head();
  if (!head) return tl::unexpected(head.error());
  return sign_at(store, path, key, head->size);
}

std::string checkpoint_path(const std::string& store) { return store + ".checkpoint"; }
std::string cosigned_path(const std::string& store) { return store + ".cosigned"; }
std::string witnesses_path(const std::string& store) { return store + ".witnesses"; }

Result<std::vector<std::string>> read_lines(const std::string& path) {
  std::vector<std::string> lines;
  auto text = read_whole(path);
  if (!text && text.error().code == ErrorCode::NotFound) return lines;
  if (!text) return tl::unexpected(text.error());
  std::string line;
  for (const char c : *text) {
    if (c == '\n')
      lines.push_back(std::exchange(line, {}));
    else
      line += c;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace assay::cli
