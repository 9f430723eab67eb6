#include "memory/log_copy.h"

#include "base/error.h"
#include "memory/life_impl.h"
#include "memory/search_terms.h"

namespace noema::memory {
namespace {

std::string hash_of_model(Database& database, std::int64_t id) {
  auto query = database.use("SELECT hash FROM model WHERE id = ?");
  if (!query->bind_all(id).step())
    throw base::Error(database.name() + ": model " + std::to_string(id) +
                      " is missing; the file is damaged, restore a backup");
  return std::string(query->text(0));
}

Life begun_as(const Life& original, Database& database, const std::filesystem::path& target) {
  const LifeOrigin origin = original.origin();
  CreateOptions options;
  options.seed = origin.seed;
  options.max_concepts = origin.max_concepts;
  options.max_bytes = origin.max_bytes;
  options.options = origin.options;
  options.time = origin.created_time;
  options.model_bytes = read_model(database, 1);
  options.model_hash = hash_of_model(database, 1);
  { const Life made = Life::create(target, options); }
  // Rows of a life that was made before format 3 keep their rule of identity.
  constexpr const char* kRule = "case_folded_until";
  write_meta(*std::make_unique<Database>(target, OpenMode::kReadWrite, options.open.busy_seconds), kRule,
             read_meta(database, kRule));
  return Life::open(target, Access::kWrite);
}

}  // namespace

LogCopy::LogCopy(const Life& original, const std::filesystem::path& target)
    : original_(original),
      models_(open_for_reading(original.path(), OpenOptions{}.busy_seconds)),
      life_(begun_as(original, *models_, target)) {}

LogCopy::~LogCopy() = default;

void LogCopy::repeat(const LogEntry& entry) {
  base::check(entry.position == life_.last_position() + 1, "the entries of a log are repeated in their order");
  switch (entry.kind) {
    case LogKind::kEpisode: {
      const base::IdentityRule rule = original_.episodes().rule_at(entry.position);
      life_.append(*entry.episode, search_terms(segmenter_, entry.episode->text, rule));
      return;
    }
    case LogKind::kThought: life_.append(*entry.thought); return;
    case LogKind::kUndo: life_.append_undo(entry.ref, entry.time); return;
    case LogKind::kModel:
      life_.append_model(read_model(*models_, entry.ref), hash_of_model(*models_, entry.ref), entry.time);
  }
}

}  // namespace noema::memory
