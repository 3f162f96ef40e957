/// Makes extractors (`Kernels+Extractors.swift`). This module is compiled twice, for every processor and for those with
/// AVX2, under two names; `MezzMetrics` chooses at run time.
package enum Kernels {}
