/// Eigenvalues of a symmetric 25×25 matrix, unsorted (section 8.3).
struct PlainEigenvalues {
    private var d = [Float](repeating: 0, count: 25)
    private var e = [Float](repeating: 0, count: 24)

    var values: [Float] { d }

    init(_ matrix: PlainField) {
        reduce(matrix)
        chop(0, 24)
        var high = 24
        var steps = 0
        while high > 0, steps < 500 {
            if e[high - 1] == 0 {
                high -= 1
                continue
            }
            var low = high - 1
            while low > 0, e[low - 1] != 0 { low -= 1 }
            step(low, high)
            steps += 1
            chop(low, high)
        }
    }

    private mutating func reduce(_ matrix: PlainField) {
        var k = matrix
        for i in 0..<23 {
            let s = i + 1
            let q = (s + 1..<25).reduce(Float(0)) { $0 + k[$1, i] * k[$1, i] }.squareRoot()
            if q == 0 { continue }
            let alpha = k[s, i]
            let length = (alpha * alpha + q * q).squareRoot()
            let beta = alpha >= 0 ? -length : length
            let tau = (beta - alpha) / beta
            var v = (0..<25).map { $0 > s ? k[$0, i] / (alpha - beta) : 0 }
            v[s] = 1
            k[s, i] = beta
            var x = (0..<25).map { row in
                row < s ? 0 : (s..<25).reduce(Float(0)) { $0 + (tau * k[row, $1]) * v[$1] }
            }
            let t = -0.5 * tau * (s..<25).reduce(Float(0)) { $0 + x[$1] * v[$1] }
            for row in s..<25 { x[row] += t * v[row] }
            for row in s..<25 {
                for column in s..<25 { k[row, column] -= x[row] * v[column] + v[row] * x[column] }
            }
        }
        for i in 0..<25 { d[i] = k[i, i] }
        for i in 0..<24 { e[i] = k[i + 1, i] }
    }

    private mutating func chop(_ low: Int, _ high: Int) {
        for i in low..<high where Double(abs(e[i])) < 1e-6 * Double(abs(d[i]) + abs(d[i + 1])) { e[i] = 0 }
    }

    private func shift(_ low: Int, _ high: Int) -> Float {
        let (a, b, t) = (d[high - 1], d[high], e[high - 1])
        let delta = (a - b) / 2
        let root = (delta * delta + t * t).squareRoot()
        if delta > 0 { return b - t * (t / (delta + root)) }
        return delta < 0 ? b + t * (t / (-delta + root)) : b - abs(t)
    }

    private static func rotation(_ x: Float, _ z: Float) -> (c: Float, s: Float) {
        if z == 0 { return (1, 0) }
        if abs(z) > abs(x) {
            let t = -x / z
            let s = Float(1 / Double(1 + t * t).squareRoot())
            return (s * t, s)
        }
        let t = -z / x
        let c = Float(1 / Double(1 + t * t).squareRoot())
        return (c, c * t)
    }

    private mutating func step(_ low: Int, _ high: Int) {
        let n = high - low + 1
        var mu = shift(low, high)
        if 1e-6 * Double(abs(mu)) > Double(abs(d[low]) + abs(e[low])) { mu = 0 }
        var x = d[low] - mu
        var z = e[low]
        var (ak, bk, zk) = (Float(0), Float(0), Float(0))
        var (ap, bp) = (d[low], e[low])
        var (aq, bq) = (d[low + 1], n > 2 ? e[low + 1] : 0)
        for k in 0..<n - 1 {
            let (c, s) = Self.rotation(x, z)
            let before = c * bk - s * zk
            let p = c * ap - s * bp
            let q = s * aq - c * bp
            let u = s * ap + c * bp
            let v = s * bp + c * aq
            ak = c * p + s * q
            bk = c * u - s * v
            zk = -s * bq
            ap = s * u + c * v
            bp = c * bq
            if k < n - 2 { aq = d[low + k + 2] }
            bq = k < n - 3 ? e[low + k + 2] : 0
            d[low + k] = ak
            if k > 0 { e[low + k - 1] = before }
            if k < n - 2 { e[low + k + 1] = bp }
            x = bk
            z = zk
        }
        d[high] = ap
        e[high - 1] = bk
    }
}
