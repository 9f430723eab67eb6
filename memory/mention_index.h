#pragma once
// The index of mentions: which concept was mentioned where. An FTS5 table without content whose terms are the ids of
// concepts: about three bytes a mention, appended to as episodes are.

#include <optional>
#include <string>
#include <vector>

#include "memory/database.h"
#include "memory/rows.h"

namespace noema::memory {

/// As CREATE VIRTUAL TABLE ... USING takes it.
inline constexpr const char* kMentionIndex = "fts5(concepts, content='', columnsize=0, tokenize='ascii')";

/// The concepts of an episode's units as the index takes them.
std::string mention_terms(const std::vector<ConceptId>& attachments);

/// Fills an index of mentions from all episodes. O(life).
void index_mentions(Database& database, const std::string& table);

}  // namespace noema::memory
