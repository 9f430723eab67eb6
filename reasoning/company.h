#pragma once
// The layer of company in the life file: made by thinking, kept beside the checkpoint, read without loading the graph.

#include <optional>
#include <string_view>

#include "concepts/company/company.h"
#include "concepts/company/topics.h"
#include "concepts/company/wholes.h"
#include "memory/life.h"

namespace noema::reasoning {

/// State keys: the words with their vectors, the counts of pairs, and from what they were made.
inline constexpr std::string_view kCompanyWords = "company.words";
inline constexpr std::string_view kCompanyCells = "company.cells";
inline constexpr std::string_view kCompanyMade = "company.made";
/// The topics, and from what they were made.
inline constexpr std::string_view kTopics = "topics";
inline constexpr std::string_view kTopicsMade = "topics.made";
/// The wholes, and from what they were made.
inline constexpr std::string_view kWholes = "wholes";
inline constexpr std::string_view kWholesMade = "wholes.made";

struct CompanyStamp {
  memory::Position position = 0;  ///< of the log, up to which episodes were counted
  std::uint64_t units = 0;        ///< of the life's stream then
};

/// When the stored layer, topics or wholes were made; zeros if there are none.
CompanyStamp company_stamp(const memory::Life& life, std::string_view key = kCompanyMade);
/// Writes it into the current batch.
void keep_company(memory::Life& life, const concepts::company::Company& company, const CompanyStamp& stamp);

/// Writes them into the current batch.
void keep_topics(memory::Life& life, const concepts::company::Topics& topics, const CompanyStamp& stamp);
/// The stored topics with the ids of inputs as their examples, or nothing. Throws base::Error if they are damaged.
std::optional<concepts::company::Topics> stored_topics(const memory::Life& life);

/// Writes them into the current batch.
void keep_wholes(memory::Life& life, const concepts::company::Wholes& wholes, const CompanyStamp& stamp);
/// The stored wholes, or nothing. Throws base::Error if they are damaged.
std::optional<concepts::company::Wholes> stored_wholes(const memory::Life& life);

/// What is stored, or nothing. Throws base::Error if it is damaged. About 5 bytes a dimension of each word are read for
/// words alone, and 10 a cell for all.
std::optional<concepts::company::Words> stored_words(const memory::Life& life);
std::optional<concepts::company::Company> stored_company(const memory::Life& life);

/// The units of the inputs up to this position of the log that were not withdrawn. The life must outlive it.
concepts::company::Episodes episodes_until(const memory::Life& life, memory::Position position);
/// Replaces the numbers of the examples among those episodes by the ids of the inputs that hold them.
void name_examples(concepts::company::Topics& topics, const memory::Life& life, memory::Position position);

}  // namespace noema::reasoning
