#pragma once
// How near translations come to their references: BLEU and chrF over a whole file, 0 to 100. For Chinese both work on
// characters (code points, white space left out, punctuation counted): copying modern sources then has BLEU 14.4 and
// chrF 19.6 against classical references.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noema::transformer {

/// Code points of UTF-8 text without white space, or what white space parts.
std::vector<std::string> characters_of(std::string_view text);
std::vector<std::string> words_of(std::string_view text);

/// BLEU of up to 4-grams of tokens, counted over the whole corpus, unsmoothed, one reference each (Papineni et al.
/// 2002): brevity * exp(mean of ln precision_n). 0 if no 4-gram is right. O(tokens).
double bleu(std::span<const std::vector<std::string>> translations,
            std::span<const std::vector<std::string>> references);

/// chrF with character n-grams of 1 to 6 and beta 2 (Popovic 2015): precision and recall of each n counted over the
/// whole corpus, averaged over n, then F = (1 + b^2) P R / (b^2 P + R). Orders that neither side has are left out.
/// O(characters).
double chrf(std::span<const std::string> translations, std::span<const std::string> references);

}  // namespace noema::transformer
