#include "memory/stored_model.h"

#include "base/hash.h"
#include "memory/life_impl.h"

namespace noema::memory {
namespace {

// Parts keep a large model out of SQLite's limit for one value, and out of memory twice.
constexpr std::size_t kPartBytes = std::size_t{4} << 20;

}  // namespace

void insert_model(Database& database, std::int64_t id, std::string_view bytes, std::string_view hash, Position position,
                  double time) {
  const std::string content_hash = base::sha256_hex(bytes);
  auto insert =
      database.use("INSERT INTO model(id, position, time, hash, content_hash, bytes) VALUES(?, ?, ?, ?, ?, ?)");
  insert->bind_all(id, position, time, hash.empty() ? std::string_view(content_hash) : hash, content_hash,
                   static_cast<std::int64_t>(bytes.size()));
  insert->run();
  for (std::size_t begin = 0; begin < bytes.size(); begin += kPartBytes) {
    auto part = database.use("INSERT INTO model_parts(model_id, part, bytes) VALUES(?, ?, ?)");
    part->bind_all(id, static_cast<std::int64_t>(begin / kPartBytes), Blob{bytes.substr(begin, kPartBytes)}).run();
  }
}

std::string read_model(Database& database, std::int64_t id) {
  auto query = database.use("SELECT bytes FROM model_parts WHERE model_id = ? ORDER BY part");
  query->bind_all(id);
  std::string bytes;
  while (query->step()) bytes += query->blob(0);
  return bytes;
}

std::string StoredModel::bytes() const { return read_model(*life_->database, number()); }

std::int64_t StoredModel::number() const { return life_->database->integer("SELECT max(id) FROM model"); }

std::string StoredModel::hash() const {
  return life_->database->text("SELECT hash FROM model ORDER BY id DESC LIMIT 1");
}

}  // namespace noema::memory
