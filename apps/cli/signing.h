// The key of a store and the files beside it: STORE.key (private), STORE.checkpoint (the last one signed),
// STORE.cosigned (the last one that witnesses signed) and STORE.witnesses (their keys). Internal to apps/cli.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/store/store.h"
#include "evidence/trail/checkpoint.h"

namespace assay::cli {

inline constexpr const char* kKeyHelp = "the file of the private key (else $ASSAY_KEY, else STORE.key)";

// What was named, else $ASSAY_KEY, else the file beside the store.
std::string key_path(const std::string& store, const std::string& named);
// Refuses a file that others than its owner may read. NotFound, BadInput.
Result<SigningKey> read_key_file(const std::string& path);
// WrongUse where the file is there already.
Result<void> write_key_file(const std::string& path, const SigningKey& key);

// The key with which this store is signed: nothing where none was recorded. Where one was, its file has to be there and
// be that key: NotFound and WrongUse otherwise.
Result<std::optional<SigningKey>> key_of(Store& store, const std::string& path, const std::string& named);

// Signs the trail as it stands and keeps the checkpoint beside the store.
Result<SignedCheckpoint> sign_head(Store& store, const std::string& path, const SigningKey& key);
Result<SignedCheckpoint> sign_at(Store& store, const std::string& path, const SigningKey& key, std::int64_t size);

std::string checkpoint_path(const std::string& store);
std::string cosigned_path(const std::string& store);
std::string witnesses_path(const std::string& store);
// Lines of a file that may not be there.
Result<std::vector<std::string>> read_lines(const std::string& path);

// The hashes of all entries, in order.
Result<std::vector<Digest>> leaves_of(Store& store);

}  // namespace assay::cli
