#pragma once
// The layer of company in the life file: made by thinking, kept beside the checkpoint, read without loading the graph.

#include <optional>
#include <string_view>

#include "concepts/company/company.h"
#include "memory/life.h"

namespace noema::reasoning {

/// State keys: the words with their vectors, the counts of pairs, and from what they were made.
inline constexpr std::string_view kCompanyWords = "company.words";
inline constexpr std::string_view kCompanyCells = "company.cells";
inline constexpr std::string_view kCompanyMade = "company.made";

struct CompanyStamp {
  memory::Position position = 0;  ///< of the log, up to which episodes were counted
  std::uint64_t units = 0;        ///< of the life's stream then
};

/// When the stored layer was made; zeros if there is none.
CompanyStamp company_stamp(const memory::Life& life);
/// Writes it into the current batch.
void keep_company(memory::Life& life, const concepts::company::Company& company, const CompanyStamp& stamp);

/// What is stored, or nothing. Throws base::Error if it is damaged. About 5 bytes a dimension of each word are read for
/// words alone, and 10 a cell for all.
std::optional<concepts::company::Words> stored_words(const memory::Life& life);
std::optional<concepts::company::Company> stored_company(const memory::Life& life);

/// The units of the inputs up to this position of the log that were not withdrawn. The life must outlive it.
concepts::company::Episodes episodes_until(const memory::Life& life, memory::Position position);

}  // namespace noema::reasoning
